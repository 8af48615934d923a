using System.Text;
using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping.Codecs;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Mapping;

/// <summary>Compiles one entity's mapping. Goes on after a problem, so that one run tells all of them.</summary>
internal sealed class PlanCompiler
{
    private readonly ValueDialect _dialect;
    private readonly SlotTable _table = new();
    private readonly List<DefinitionProblem> _problems = [];

    private PlanCompiler(ValueDialect dialect) => _dialect = dialect;

    public static RecordPlan Compile(string name, RecordType record, EntityDefinition definition, ValueDialect dialect)
    {
        var compiler = new PlanCompiler(dialect);
        var fields = definition.Fields;
        if (record.Field("key") is not null && !fields.ContainsKey("key"))
        {
            fields = fields.Append(new("key", new FieldDefinition { Path = definition.Key, As = definition.KeyAs, ReadOnly = true, Line = definition.Line }))
                .ToDictionary(StringComparer.Ordinal);
        }

        var root = compiler._table.NewNode([]);
        var plans = compiler.Fields(name, record.Fields, fields, "", root);
        var key = compiler._table.SlotOf(compiler.Node(root, definition.Key));
        if (compiler._problems.Count > 0)
        {
            throw new DefinitionException("", compiler._problems);
        }

        return new RecordPlan(name, compiler.Shape(root, key, plans));
    }

    private RecordShape Shape(SourceNode root, int keySlot, List<FieldPlan> fields) => new(root, [.. root.Slots], keySlot, fields)
    {
        AllSlots = _table.Slots,
        AllNodes = _table.Nodes,
        AllLists = _table.Lists,
    };

    private List<FieldPlan> Fields(
        string owner, IReadOnlyList<Field> model, IReadOnlyDictionary<string, FieldDefinition> definitions, string path, SourceNode root)
    {
        foreach (var (name, definition) in definitions.Where(d => model.All(f => f.Name != d.Key)))
        {
            Problem(definition, $"{owner} has no field '{name}' in the unified model.");
        }

        var plans = new List<FieldPlan>(definitions.Count);
        foreach (var field in model)
        {
            if (definitions.TryGetValue(field.Name, out var definition)
                && FieldChecks.IsSound($"{owner}.{field.Name}", definition, _problems)
                && Field($"{owner}.{field.Name}", field, definition, path, root) is { } plan)
            {
                plans.Add(plan);
            }
        }

        return plans;
    }

    private FieldPlan? Field(string name, Field field, FieldDefinition definition, string at, SourceNode root)
    {
        if (definition.ObjectFields is { } children)
        {
            return Object(name, field, definition, children, at, root);
        }

        if (definition.List is not null)
        {
            return List(name, field, definition, at, root);
        }

        if (definition.Constant is { } constant)
        {
            return ValueDialect.Json.ForType(field.Type) is { } literal && Encode(name, definition, constant, literal) is { } json
                ? new ConstantField(field.Name, field.Type, definition, json)
                : Unfit(name, definition, "a constant");
        }

        if (field.Record is not null && definition.As is null)
        {
            Problem(definition, $"{name} is {(field.Type == FieldType.Array ? "a list: it needs 'list' and 'fields'" : "an object: it needs 'object'")}.");
            return null;
        }

        if (Codec(name, field.Type, definition) is not { } codec)
        {
            return null;
        }

        if (definition.Coalesce is { } alternatives)
        {
            var paths = alternatives.Select(a => Path(at + a)).ToArray();
            return new CoalesceField(field.Name, field.Type, definition, paths, [.. paths.Select(p => Slot(p, root))], codec);
        }

        var path = Path(at + definition.Path);
        return new ScalarField(field.Name, field.Type, definition, path, Slot(path, root), codec);
    }

    private ObjectField? Object(
        string name, Field field, FieldDefinition definition, IReadOnlyDictionary<string, FieldDefinition> children, string at, SourceNode root)
    {
        if (field.Record is not { } record || field.Type != FieldType.Object)
        {
            Problem(definition, $"{name} is not an object of known fields in the unified model.");
            return null;
        }

        var path = definition.Path is { } own ? Path(at + own) : null;
        var slot = path is null ? -1 : Slot(path, root);
        return new ObjectField(field.Name, definition, path, slot, Fields(name, record.Fields, children, path is null ? at : path.Text + ".", root));
    }

    private ListField? List(string name, Field field, FieldDefinition definition, string at, SourceNode root)
    {
        if (field.Type != FieldType.Array)
        {
            Problem(definition, $"{name} is not a list in the unified model.");
            return null;
        }

        var listed = at + definition.List;
        var path = definition.Fields is null ? Path(listed) : new SourcePath(listed, _dialect.ItemSegments(listed));
        var node = Node(root, path);
        if (node.List is not null)
        {
            Problem(definition, $"{name} reads the list '{path.Text}' that another field reads.");
            return null;
        }

        RecordPlan? items = null;
        Codec? codec = null;
        if (definition.Fields is { } fields)
        {
            if (field.Record is not { } record)
            {
                Problem(definition, $"{name} is a list of single values in the unified model and can have no 'fields'.");
                return null;
            }

            var itemRoot = _table.NewNode([]);
            var plans = Fields(name, record.Fields, fields, "", itemRoot);
            items = new RecordPlan(name, Shape(itemRoot, keySlot: -1, plans));
        }
        else if (field.Record is not null || field.Items is not { } itemType)
        {
            Problem(definition, $"{name} is a list of objects in the unified model: its 'fields' are missing.");
            return null;
        }
        else
        {
            codec = Codec(name, itemType, definition);
        }

        return node.List = new ListField(field.Name, definition, path, _table.NextList(), _table.SlotOf(node), items, codec);
    }

    private Codec? Codec(string name, FieldType type, FieldDefinition definition)
    {
        var codec = definition.As is { } wanted ? _dialect.ForName(wanted, type) : _dialect.ForType(type);
        if (codec is null)
        {
            Problem(definition, definition.As is null
                ? $"{name} is of type '{type}' in the unified model, which has no single value."
                : $"{name} is of type '{type}' in the unified model, which cannot be read as '{definition.As}'.");
            return null;
        }

        if (definition.Map is not { } map)
        {
            return codec;
        }

        try
        {
            return new MapCodec(map, ValueDialect.Json.ForType(type) ?? codec, codec);
        }
        catch (FormatException e)
        {
            Problem(definition, $"{name}: {e.Message}.");
            return null;
        }
    }

    private byte[]? Encode(string name, FieldDefinition definition, string constant, Codec literal)
    {
        try
        {
            return Literal.Encode(constant, literal);
        }
        catch (FormatException e)
        {
            Problem(definition, $"{name}: {e.Message}.");
            return null;
        }
    }

    private FieldPlan? Unfit(string name, FieldDefinition definition, string what)
    {
        if (!_problems.Exists(p => p.Line == definition.Line))
        {
            Problem(definition, $"{name} cannot be {what}.");
        }

        return null;
    }

    private SourcePath Path(string text) => new(text, _dialect.Segments(text));

    private int Slot(SourcePath path, SourceNode root) => _table.SlotOf(Node(root, path));

    private SourceNode Node(SourceNode root, string path) => Node(root, Path(path));

    private SourceNode Node(SourceNode root, SourcePath path)
    {
        var node = root;
        foreach (var segment in path.Segments.Select(Encoding.UTF8.GetBytes))
        {
            var child = node.Child(segment);
            if (child is null)
            {
                child = _table.NewNode(segment);
                node.Children.Add(child);
            }

            node = child;
        }

        return node;
    }

    private void Problem(FieldDefinition at, string message) => _problems.Add(new DefinitionProblem(at.Line, message));
}
