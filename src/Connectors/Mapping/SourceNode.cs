using System.Text;
using System.Text.Json;

namespace Millwright.Connectors.Mapping;

/// <summary>One property of the source that is wanted, or that leads to wanted ones.</summary>
internal sealed class SourceNode
{
    /// <summary>Its name without escapes; empty for the root.</summary>
    public required byte[] Name { get; init; }

    /// <summary>Its place among all nodes of the plan, for what a reader remembers about it.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Where its value is noted; negative if nobody wants the value itself.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>The list it holds, whose items are normalized while they are read; null for everything else.</summary>
    public ListField? List { get; set; }

    /// <summary>The wanted properties of the object it holds.</summary>
    public List<SourceNode> Children { get; } = [];

    /// <summary>All slots at and below it.</summary>
    public IEnumerable<int> Slots => Children.SelectMany(c => c.Slots).Concat(Slot < 0 ? [] : [Slot]);

    public SourceNode? Child(ReadOnlySpan<byte> name)
    {
        foreach (var child in Children)
        {
            if (name.SequenceEqual(child.Name))
            {
                return child;
            }
        }

        return null;
    }

    public SourceNode? Child(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Child(reader.ValueSpan);
        }

        foreach (var child in Children)
        {
            if (reader.ValueTextEquals(child.Name))
            {
                return child;
            }
        }

        return null;
    }

    public override string ToString() => Encoding.UTF8.GetString(Name);
}
