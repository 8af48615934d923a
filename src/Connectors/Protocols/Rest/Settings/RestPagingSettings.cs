namespace Millwright.Connectors.Protocols.Rest.Settings;

/// <summary>How a list is paged.</summary>
public sealed record RestPagingSettings
{
    /// <summary>Which way.</summary>
    public RestPagingStyle Style { get; init; } = RestPagingStyle.Page;

    /// <summary>The parameter of the page's number, the offset or the cursor.</summary>
    public string Parameter { get; init; } = "page";

    /// <summary>The parameter of the page's size.</summary>
    public string Size { get; init; } = "page_size";

    /// <summary>The largest page the source gives. A larger one of ours is gathered from several of its.</summary>
    public int Max { get; init; } = 100;
}
