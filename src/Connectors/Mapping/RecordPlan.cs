using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Definitions;
using Millwright.Core.Entities;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Mapping;

/// <summary>
/// One entity's mapping, compiled: from the source's JSON straight to normalized JSON, and from a body to a source record.
/// Immutable; one plan serves all calls at once.
/// </summary>
public sealed class RecordPlan
{
    private readonly Dictionary<string, FieldPlan> _fields;

    internal RecordPlan(string entity, RecordShape shape)
    {
        Entity = entity;
        Shape = shape;
        _fields = FieldNames.Flatten(shape.Fields).ToDictionary(f => f.Name, f => f.Field, StringComparer.Ordinal);
        SourcePaths = [.. shape.Fields.SelectMany(f => f.SourcePaths).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The entity's name in the model; for a list's items with the list's name, such as <c>purchase-orders.lineItems</c>.</summary>
    public string Entity { get; }

    /// <summary>The mapped fields in the model's order.</summary>
    public IReadOnlyList<FieldPlan> Fields => Shape.Fields;

    /// <summary>What a protocol has to ask the source for. A list's own path is among them; what its items need is in their plan.</summary>
    public IReadOnlyList<string> SourcePaths { get; }

    internal RecordShape Shape { get; }

    /// <summary>Compiles an entity's mapping.</summary>
    /// <exception cref="DefinitionException">It does not fit the model or the protocol. Lists every offender.</exception>
    public static RecordPlan Compile(EntityType entity, EntityDefinition definition, ValueDialect dialect) =>
        Compile(entity.Name, entity.Record, definition, dialect);

    /// <summary>Compiles the mapping of other records, such as those of a sub-resource.</summary>
    /// <param name="name">What to call them in messages, such as <c>work-orders.materials</c>.</param>
    /// <param name="record">Their type.</param>
    /// <param name="definition">Their mapping.</param>
    /// <param name="dialect">The protocol's forms.</param>
    /// <exception cref="DefinitionException">It does not fit the model or the protocol. Lists every offender.</exception>
    public static RecordPlan Compile(string name, RecordType record, EntityDefinition definition, ValueDialect dialect) =>
        PlanCompiler.Compile(name, record, definition, dialect);

    /// <summary>Writes normalized records.</summary>
    /// <param name="sourceJsonArray">The source's records: one JSON array.</param>
    /// <param name="output">Takes one JSON array. After an exception it may hold a part.</param>
    /// <param name="includeRaw">Whether each record carries the source's own as <c>raw</c>, byte for byte.</param>
    /// <returns>The number of records.</returns>
    /// <exception cref="ApiException"><c>SOURCE_ERROR</c>: a value cannot be read; names the entity, record and field.</exception>
    public int WriteArray(ReadOnlySpan<byte> sourceJsonArray, IBufferWriter<byte> output, bool includeRaw) =>
        new RecordReader(Entity, Shape, sourceJsonArray, includeRaw).WriteArray(output);

    /// <summary>Writes one normalized record.</summary>
    /// <param name="sourceJsonObject">The source's record: one JSON object.</param>
    /// <param name="output">Takes one JSON object. After an exception it may hold a part.</param>
    /// <param name="includeRaw">Whether the record carries the source's own as <c>raw</c>, byte for byte.</param>
    /// <exception cref="ApiException"><c>SOURCE_ERROR</c>: a value cannot be read; names the entity, record and field.</exception>
    public void WriteRecord(ReadOnlySpan<byte> sourceJsonObject, IBufferWriter<byte> output, bool includeRaw) =>
        new RecordReader(Entity, Shape, sourceJsonObject, includeRaw).WriteRecord(output);

    /// <summary>The source record of a body: only the fields given; an explicit null clears.</summary>
    /// <param name="unified">The body; an object.</param>
    /// <exception cref="ApiException"><c>VALIDATION_FAILED</c>: names every field that is not mapped, read only or has a wrong value.</exception>
    public JsonObject ToSource(JsonElement unified)
    {
        var problems = new BodyProblems();
        var source = Shape.ToSource(unified, "", problems);
        problems.ThrowIfAny(Entity);
        return source;
    }

    /// <summary>Finds a mapped field, nested ones by their dotted names, such as <c>address.city</c>.</summary>
    public bool TryGetField(string unifiedField, [NotNullWhen(true)] out FieldPlan? field) => _fields.TryGetValue(unifiedField, out field);
}
