namespace Millwright.Connectors.Protocols;

/// <summary>The unified fields that say when a record came and when it last changed.</summary>
internal static class StampFields
{
    /// <summary>When it was created.</summary>
    public const string Created = "createdAt";

    /// <summary>When it last changed; the time of its creation where it never did.</summary>
    public const string Updated = "updatedAt";
}
