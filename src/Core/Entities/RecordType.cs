using System.Collections.Frozen;

namespace Millwright.Core.Entities;

/// <summary>A named set of fields: an entity's record, or a part of one such as an address or a line.</summary>
public sealed class RecordType
{
    private readonly FrozenDictionary<string, Field> _byName;
    private readonly Lazy<IReadOnlyList<Field>> _paths;
    private readonly Lazy<FrozenDictionary<string, Field>> _byPath;

    /// <summary>A record of these fields, in this order.</summary>
    /// <param name="name">Its name among all types, such as <c>PurchaseOrder</c>.</param>
    /// <param name="description">What it is, in a sentence or two.</param>
    /// <param name="fields">Each name once.</param>
    public RecordType(string name, string description, IReadOnlyList<Field> fields)
    {
        Name = name;
        Description = description;
        Fields = fields;
        _byName = fields.ToFrozenDictionary(f => f.Name);
        _paths = new(() => [.. Walk(this)]);
        _byPath = new(() => Paths.ToFrozenDictionary(f => f.Name));
    }

    /// <summary>Its name among all types, such as <c>PurchaseOrder</c>.</summary>
    public string Name { get; }

    /// <summary>What it is, in a sentence or two.</summary>
    public string Description { get; }

    /// <summary>The fields in the order in which records carry them.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>The fields and, each after the one that it is inside of, all fields within them, under their paths as names.</summary>
    public IReadOnlyList<Field> Paths => _paths.Value;

    /// <summary>The field of this name, or null. No paths.</summary>
    public Field? Field(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The field at a path such as <c>name</c>, <c>billingAddress.city</c> or <c>lineItems.quantity</c>, under the path as its name; or null.</summary>
    public Field? Find(string path) => _byPath.Value.GetValueOrDefault(path);

    private static IEnumerable<Field> Walk(RecordType record)
    {
        foreach (var field in record.Fields)
        {
            yield return field;
            foreach (var inner in field.Record is null ? [] : Walk(field.Record))
            {
                yield return inner with { Name = $"{field.Name}.{inner.Name}", Repeated = field.Type == FieldType.Array || inner.Repeated };
            }
        }
    }
}
