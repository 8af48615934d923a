using System.Buffers;
using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping;

namespace Millwright.Connectors;

/// <summary>One kind of records of a connector, ready for use.</summary>
/// <param name="Name">An entity of the model, or one with its sub-resource or collection, such as <c>work-orders.materials</c>.</param>
/// <param name="Definition">As written.</param>
/// <param name="Records">How its records are read.</param>
/// <param name="Bodies">How its bodies are written; mostly as the records are read.</param>
internal sealed record EntityPlan(string Name, EntityDefinition Definition, RecordPlan Records, RecordPlan Bodies)
{
    /// <summary>What hangs under its records, by name.</summary>
    public IReadOnlyDictionary<string, EntityPlan> SubResources { get; init; } = new Dictionary<string, EntityPlan>(StringComparer.Ordinal);

    /// <summary>The lists that belong to all its records together, by name.</summary>
    public IReadOnlyDictionary<string, EntityPlan> Collections { get; init; } = new Dictionary<string, EntityPlan>(StringComparer.Ordinal);

    /// <summary>Normalized records.</summary>
    /// <param name="records">The source's: one JSON array.</param>
    /// <param name="includeRaw">Whether each carries the source's own as <c>raw</c>.</param>
    /// <returns>One JSON array, and how many are in it.</returns>
    /// <exception cref="Core.Errors.ApiException"><c>SOURCE_ERROR</c>: a value cannot be read.</exception>
    public (ReadOnlyMemory<byte> Data, int Count) Normalize(ReadOnlyMemory<byte> records, bool includeRaw)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(256, records.Length));
        var count = Records.WriteArray(records.Span, output, includeRaw);
        return (output.WrittenMemory, count);
    }
}
