using System.Collections.Frozen;
using Millwright.Core.Entities.Loading;

namespace Millwright.Core.Entities;

/// <summary>The unified model: every entity and the types they share.</summary>
public sealed class EntityModel
{
    private static readonly Lazy<EntityModel> Embedded = new(EmbeddedModel.Load);
    private readonly FrozenDictionary<string, EntityType> _byName;

    internal EntityModel(IReadOnlyList<EntityType> entities, IReadOnlyList<RecordType> records, RecordType status)
    {
        Entities = entities;
        Records = records;
        Status = status;
        _byName = entities.ToFrozenDictionary(e => e.Name);
    }

    /// <summary>The model that Millwright ships with; read on first use.</summary>
    public static EntityModel Default => Embedded.Value;

    /// <summary>The parts of the model, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Areas { get; } = ["eam", "erp", "wms"];

    /// <summary>All entities, by name.</summary>
    public IReadOnlyList<EntityType> Entities { get; }

    /// <summary>All record types, those of the entities and the parts that they share, by name.</summary>
    public IReadOnlyList<RecordType> Records { get; }

    /// <summary>The type of the records under <c>/statuses/{entity}</c>.</summary>
    public RecordType Status { get; }

    /// <summary>The entity of this name, or null.</summary>
    public EntityType? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The entity of this name if the area serves it, or null.</summary>
    /// <param name="area">One of <see cref="Areas"/>.</param>
    /// <param name="name">Such as <c>purchase-orders</c>.</param>
    public EntityType? Find(string area, string name) => Find(name) is { } entity && entity.Areas.Contains(area) ? entity : null;
}
