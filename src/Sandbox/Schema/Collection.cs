using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Schema;

/// <summary>A kind of record: everything the generic handlers need to serve it.</summary>
internal sealed class Collection
{
    private readonly Dictionary<string, int> _indexes;

    /// <param name="name">The plural in the path.</param>
    /// <param name="idPrefix">Ids are this, an underscore and a running number.</param>
    /// <param name="fields">The fields between <c>id</c> and the timestamps.</param>
    public Collection(string name, string idPrefix, IReadOnlyList<Field> fields)
    {
        Name = name;
        IdPrefix = idPrefix;
        Fields =
        [
            Schema.Fields.Text("id").ByServer(),
            .. fields,
            Schema.Fields.Instant("created_at").ByServer(),
            Schema.Fields.Instant("updated_at").ByServer(),
        ];
        Paths = [.. FieldPath.Of(Fields)];
        _indexes = Paths.Select((path, index) => (path.Name, index)).ToDictionary(StringComparer.Ordinal);
    }

    public string Name { get; }

    public string IdPrefix { get; }

    public IReadOnlyList<Field> Fields { get; }

    /// <summary>The values a record is filtered and sorted by; the first one is <c>id</c>.</summary>
    public IReadOnlyList<FieldPath> Paths { get; }

    /// <summary>The <c>number</c> people use is this and the running number; null where the collection has no such field.</summary>
    public string? NumberPrefix { get; init; }

    public Verbs Verbs { get; init; }

    public StateMachine? States { get; init; }

    public IReadOnlyList<SubList> SubLists { get; init; } = [];

    /// <summary>Set where records are read forward with a cursor instead of by page numbers: the only field they can be filtered by.</summary>
    public string? CursorFilter { get; init; }

    /// <summary>Computes what follows from the other values, such as totals.</summary>
    public Action<JsonObject, DateTimeOffset>? Complete { get; init; }

    /// <summary>The position of a path in <see cref="Paths"/>, or -1.</summary>
    public int IndexOf(string path) => _indexes.GetValueOrDefault(path, -1);
}
