namespace Millwright.Connectors.Protocols.Rest.Settings;

/// <summary>Where an error's body has what, as dotted paths. Without a body the status alone decides.</summary>
public sealed record RestErrorSettings
{
    /// <summary>The source's code.</summary>
    public string? Code { get; init; }

    /// <summary>The source's words for a person.</summary>
    public string? Message { get; init; }

    /// <summary>An object of messages by the source's fields.</summary>
    public string? Fields { get; init; }

    /// <summary>The state that a record keeps after a transition that was refused.</summary>
    public string? State { get; init; }

    /// <summary>Our code for the source's codes where the status alone says less.</summary>
    public IReadOnlyDictionary<string, string> Codes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
