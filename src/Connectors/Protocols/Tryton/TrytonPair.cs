using System.Globalization;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>The key of a level: a location and a product, <c>3-1</c>.</summary>
/// <param name="Location">The location's id.</param>
/// <param name="Record">The product's id.</param>
internal sealed record TrytonPair(long Location, long Record)
{
    /// <summary>Reads a key.</summary>
    /// <exception cref="ApiException"><c>RECORD_NOT_FOUND</c>: no pair can have this key.</exception>
    public static TrytonPair Parse(string? key) => TryParse(key) ?? throw TrytonStore.NotFound();

    /// <summary>Reads a key; null where no pair can have it.</summary>
    public static TrytonPair? TryParse(string? key) =>
        key?.Split('-') is [var first, var second] && TrytonStore.TryId(first) is { } location && TrytonStore.TryId(second) is { } record
            ? new TrytonPair(location, record)
            : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Location}-{Record}");
}
