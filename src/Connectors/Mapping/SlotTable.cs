namespace Millwright.Connectors.Mapping;

/// <summary>Hands out the places of a plan while it is compiled.</summary>
internal sealed class SlotTable
{
    public int Slots { get; private set; }

    public int Nodes { get; private set; }

    public int Lists { get; private set; }

    public int NextList() => Lists++;

    public SourceNode NewNode(byte[] name) => new() { Name = name, Ordinal = Nodes++ };

    public int SlotOf(SourceNode node) => node.Slot >= 0 ? node.Slot : node.Slot = Slots++;
}
