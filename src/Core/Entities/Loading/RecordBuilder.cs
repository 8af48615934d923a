namespace Millwright.Core.Entities.Loading;

/// <summary>Builds the record types of a model, each once, those inside others first.</summary>
internal sealed class RecordBuilder
{
    private static readonly string[] FieldProperties = ["type", "description", "relation", "record", "items", "readOnly", "extension"];
    private static readonly RecordType UnderWay = new("", "", []);

    private readonly Dictionary<string, ModelSection> _sources = [];
    private readonly Dictionary<string, RecordType> _built = [];
    private readonly HashSet<string> _entities;

    public RecordBuilder(IEnumerable<ModelSection> files, HashSet<string> entities, ICollection<string> problems)
    {
        _entities = entities;
        foreach (var file in files)
        {
            var name = file.Required("record");
            if (!_sources.TryAdd(name, file))
            {
                problems.Add($"{file.Name}: the record type {name} exists already in {_sources[name].Name}");
            }
        }
    }

    /// <summary>All types, by name.</summary>
    public IReadOnlyList<RecordType> All => [.. _sources.Keys.Order(StringComparer.Ordinal).Select(n => Find(n)!)];

    /// <summary>The type that a property names; an empty one, with a complaint, where there is none.</summary>
    public RecordType Required(ModelSection section, string property)
    {
        var name = section.Required(property);
        var record = Find(name);
        if (record is null)
        {
            section.Complain($"{property} names the unknown type '{name}'");
        }
        else if (record == UnderWay)
        {
            section.Complain($"{property} '{name}' contains itself");
        }

        return record ?? UnderWay;
    }

    public RecordType? Find(string name)
    {
        if (_built.TryGetValue(name, out var record))
        {
            return record;
        }

        if (!_sources.TryGetValue(name, out var source))
        {
            return null;
        }

        _built[name] = UnderWay;
        var fields = source.Sections("fields").DistinctBy(s => s.Name).Select(Field).ToList();
        return _built[name] = new RecordType(name, source.Required("description"), fields);
    }

    private Field Field(ModelSection section)
    {
        section.CheckProperties(FieldProperties);
        var type = Type(section, "type");
        var relation = section.Node["relation"]?.Text;
        if (relation is not null && !_entities.Contains(relation))
        {
            section.Complain($"relation names the unknown entity '{relation}'");
        }

        FieldType? items = type == FieldType.Array ? Type(section, "items") : null;
        if (type != FieldType.Array && section.Node["items"] is not null)
        {
            section.Complain("items without being an array");
        }

        return new Field(section.Name, type, section.Required("description"))
        {
            Relation = relation,
            Items = items,
            Record = section.Node["record"] is null ? null : Required(section, "record"),
            ReadOnly = section.Flag("readOnly"),
            Extension = section.Flag("extension"),
        };
    }

    private static FieldType Type(ModelSection section, string property)
    {
        var name = section.Required(property);
        if (FieldTypes.Parse(name) is { } type)
        {
            return type;
        }

        section.Complain($"{property} is the unknown '{name}'");
        return FieldType.Any;
    }
}
