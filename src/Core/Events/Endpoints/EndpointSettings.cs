namespace Millwright.Core.Events.Endpoints;

/// <summary>What an application chooses of an endpoint.</summary>
/// <param name="Url">Where events are sent.</param>
/// <param name="Types">Which types of events: each a type, <c>{entity}.*</c> or <c>*</c>.</param>
/// <param name="Connections">The connections whose events are sent; null for all, and for events about no connection too.</param>
/// <param name="Description">A note for people.</param>
/// <param name="Enabled">Whether it gets events.</param>
public sealed record EndpointSettings(string Url, IReadOnlyList<string> Types, IReadOnlyList<string>? Connections, string Description, bool Enabled)
{
    /// <summary>What holds where nothing is chosen. The URL and the types have to be.</summary>
    public static EndpointSettings Default { get; } = new("", [], null, "", true);
}
