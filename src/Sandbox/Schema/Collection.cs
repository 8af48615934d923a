using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Schema;

/// <summary>A kind of record: everything the generic handlers need to serve it.</summary>
/// <param name="Name">The plural in the path.</param>
/// <param name="IdPrefix">Ids are this, an underscore and a running number.</param>
/// <param name="OwnFields">The fields between <c>id</c> and the timestamps.</param>
internal sealed record Collection(string Name, string IdPrefix, IReadOnlyList<Field> OwnFields)
{
    /// <summary>The <c>number</c> people use is this and the running number; null where the collection has no such field.</summary>
    public string? NumberPrefix { get; init; }

    public Verbs Verbs { get; init; }

    public StateMachine? States { get; init; }

    public IReadOnlyList<SubList> SubLists { get; init; } = [];

    /// <summary>Read forward with a cursor instead of by page numbers, and filtered by <see cref="CursorFilter"/> only.</summary>
    public string? CursorFilter { get; init; }

    /// <summary>Computes what follows from the other values, such as totals.</summary>
    public Action<JsonObject, DateTimeOffset>? Complete { get; init; }

    public IReadOnlyList<Field> Fields { get; } =
    [
        Schema.Fields.Text("id").ByServer(),
        .. OwnFields,
        Schema.Fields.Instant("created_at").ByServer(),
        Schema.Fields.Instant("updated_at").ByServer(),
    ];
}
