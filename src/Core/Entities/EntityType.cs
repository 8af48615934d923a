using System.Collections.Frozen;

namespace Millwright.Core.Entities;

/// <summary>An entity of the unified model: its record and what can be done with it.</summary>
public sealed class EntityType
{
    private readonly FrozenSet<string> _operations;

    internal EntityType(
        string name, string title, string description, IReadOnlyList<string> areas, RecordType record, IReadOnlyList<string> operations,
        IReadOnlyList<string> extensions, bool statuses, IReadOnlyList<SubResource> subResources, IReadOnlyList<EntityCollection> collections)
    {
        Name = name;
        Title = title;
        Description = description;
        Areas = areas;
        Record = record;
        Operations =
        [
            .. operations,
            .. subResources.SelectMany(s => s.Operations.Select(o => OperationName.Of(s.Name, o))),
            .. collections.Select(c => c.Operation),
        ];
        ExtensionOperations = extensions;
        Statuses = statuses;
        SubResources = subResources;
        Collections = collections;
        _operations = Operations.ToFrozenSet();
    }

    /// <summary>Its name in paths, such as <c>purchase-orders</c>.</summary>
    public string Name { get; }

    /// <summary>Its name for a person, in the singular.</summary>
    public string Title { get; }

    /// <summary>What it is and how it relates to others.</summary>
    public string Description { get; }

    /// <summary>Which of <c>eam</c>, <c>erp</c>, <c>wms</c> serve it.</summary>
    public IReadOnlyList<string> Areas { get; }

    /// <summary>The type of its records.</summary>
    public RecordType Record { get; }

    /// <summary>The fields of its records, in order.</summary>
    public IReadOnlyList<Field> Fields => Record.Fields;

    /// <summary>Everything that can be done, by name, those of sub-resources and collections included. What a connected system can do is a part of it.</summary>
    public IReadOnlyList<string> Operations { get; }

    /// <summary>The operations that the published contract lacks and Millwright adds.</summary>
    public IReadOnlyList<string> ExtensionOperations { get; }

    /// <summary>Whether its statuses can be listed, by <c>GET /statuses/{name}</c>.</summary>
    public bool Statuses { get; }

    /// <summary>What hangs under its records.</summary>
    public IReadOnlyList<SubResource> SubResources { get; }

    /// <summary>The lists that belong to all its records together.</summary>
    public IReadOnlyList<EntityCollection> Collections { get; }

    /// <summary>Whether an operation is in the model, by its name.</summary>
    public bool Offers(string operation) => _operations.Contains(operation);

    /// <summary>The sub-resource of this name, or null.</summary>
    public SubResource? SubResource(string name) => SubResources.FirstOrDefault(s => s.Name == name);

    /// <summary>The collection of this name, or null.</summary>
    public EntityCollection? Collection(string name) => Collections.FirstOrDefault(c => c.Name == name);

    /// <summary>The type of the records that an operation answers with.</summary>
    /// <param name="operation">One of <see cref="Operations"/>.</param>
    public RecordType RecordOf(string operation) =>
        SubResourceOf(operation)?.Record ?? Collections.FirstOrDefault(c => c.Operation == operation)?.Record ?? Record;

    /// <summary>The type of the body that an operation takes; null for those without one and for <c>set-status</c>, whose body is a status alone.</summary>
    /// <param name="operation">One of <see cref="Operations"/>.</param>
    public RecordType? BodyOf(string operation) => operation is OperationName.Create or OperationName.Update ? Record : SubResourceOf(operation)?.Body;

    /// <inheritdoc/>
    public override string ToString() => Name;

    private SubResource? SubResourceOf(string operation)
    {
        var dot = operation.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? null : SubResource(operation[..dot]);
    }
}
