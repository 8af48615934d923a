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
    public static TrytonPair Parse(string? key) =>
        key?.Split('-') is [var location, var record] ? new TrytonPair(TrytonStore.Id(location), TrytonStore.Id(record)) : throw TrytonStore.NotFound();

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Location}-{Record}");
}
