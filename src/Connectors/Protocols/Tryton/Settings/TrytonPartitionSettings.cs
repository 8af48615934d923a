using System.Text.Json.Nodes;

namespace Millwright.Connectors.Protocols.Tryton.Settings;

/// <summary>
/// An entity whose records are pairs: one record of <see cref="Resource"/> (a storage location) and one of the entity's own resource (a
/// product) read with the former in its context. The key is <c>{location}-{product}</c>; paths begin with <see cref="Name"/> or <see cref="Record"/>.
/// </summary>
public sealed record TrytonPartitionSettings
{
    /// <summary>The model of the first half.</summary>
    public required string Resource { get; init; }

    /// <summary>What paths call the first half.</summary>
    public required string Name { get; init; }

    /// <summary>What paths call the second half.</summary>
    public required string Record { get; init; }

    /// <summary>Conditions on the first half.</summary>
    public JsonArray? Domain { get; init; }

    /// <summary>Where the context of the second half's calls takes the first half: a list of one id.</summary>
    public required string ContextKey { get; init; }

    /// <summary>Conditions for a pair to be listed; a pair that does not meet them can still be read by its key.</summary>
    public JsonArray? Listed { get; init; }
}
