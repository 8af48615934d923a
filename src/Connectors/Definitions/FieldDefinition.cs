using Millwright.Connectors.Definitions.Yaml;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Definitions;

/// <summary>
/// Where one unified field is in the source. Exactly one of <see cref="Path"/>, <see cref="Coalesce"/>, <see cref="Constant"/>,
/// <see cref="ObjectFields"/> (with an optional path) and <see cref="List"/> says so. In YAML a scalar is short for a path.
/// </summary>
[ScalarForm(nameof(Path))]
public sealed record FieldDefinition : IHasLine
{
    /// <summary>The source field, with dots into nested objects.</summary>
    public string? Path { get; init; }

    /// <summary>The source fields of which the first that is not null is read. Read only.</summary>
    public IReadOnlyList<string>? Coalesce { get; init; }

    /// <summary>The value that every record has. Read only.</summary>
    public string? Constant { get; init; }

    /// <summary>The fields of a nested object, their paths relative to <see cref="Path"/> where that is given.</summary>
    [YamlMember(Alias = "object")]
    public IReadOnlyDictionary<string, FieldDefinition>? ObjectFields { get; init; }

    /// <summary>The source field that holds a list: of objects with <see cref="Fields"/>, of scalars without.</summary>
    public string? List { get; init; }

    /// <summary>How the protocol names a list's items, where it reads them apart.</summary>
    public string? Resource { get; init; }

    /// <summary>The fields of a list's items, their paths relative to the item.</summary>
    public IReadOnlyDictionary<string, FieldDefinition>? Fields { get; init; }

    /// <summary>The codec of the source's value where it is not the protocol's own for the unified type, such as <c>epoch-seconds</c>.</summary>
    public string? As { get; init; }

    /// <summary>The source values of each unified value; the first is written.</summary>
    public IReadOnlyDictionary<string, SourceValues>? Map { get; init; }

    /// <summary>Whether bodies may not carry it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The operations whose bodies must carry it.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>False where the source cannot filter by it.</summary>
    public bool Filter { get; init; } = true;

    /// <summary>False where the source cannot sort by it.</summary>
    public bool Sort { get; init; } = true;

    /// <inheritdoc/>
    [YamlIgnore]
    public int Line { get; set; }
}
