namespace Millwright.Core.Entities.Loading;

/// <summary>A map in a model file, read with complaints instead of exceptions.</summary>
/// <param name="path">The file and the way into it, for messages.</param>
/// <param name="node">The map.</param>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class ModelSection(string path, YamlNode node, ICollection<string> problems)
{
    public YamlNode Node { get; } = node;

    /// <summary>The section's own name, the last step of its path.</summary>
    public required string Name { get; init; }

    public void Complain(string problem) => problems.Add($"{path}: {problem}");

    /// <summary>Complains about properties that are unknown or given twice.</summary>
    public void CheckProperties(IReadOnlyList<string> known)
    {
        if (!Node.IsMap)
        {
            Complain("is not a map");
        }

        foreach (var (name, _) in Node.Entries.Where(e => !known.Contains(e.Name)))
        {
            Complain($"unknown property '{name}'");
        }

        CheckTwice(Node, "property");
    }

    /// <summary>The text of a property that must be there.</summary>
    public string Required(string name)
    {
        var text = Node[name]?.Text;
        if (string.IsNullOrWhiteSpace(text))
        {
            Complain($"{name} is missing");
        }

        return text ?? "";
    }

    /// <summary>True or false; false where it is missing.</summary>
    public bool Flag(string name)
    {
        var text = Node[name]?.Text;
        if (Node[name] is not null && text is not ("true" or "false"))
        {
            Complain($"{name} is neither true nor false");
        }

        return text == "true";
    }

    /// <summary>A list of names out of the known ones; empty where it is missing.</summary>
    public IReadOnlyList<string> Names(string name, IReadOnlyList<string> known)
    {
        var names = (Node[name]?.Items ?? []).Select(i => i.Text ?? "").ToList();
        foreach (var unknown in names.Except(known))
        {
            Complain($"{name} has the unknown '{unknown}'");
        }

        return names;
    }

    /// <summary>The maps inside a property, each under its name.</summary>
    public IEnumerable<ModelSection> Sections(string name)
    {
        if (Node[name] is not { } inner)
        {
            return [];
        }

        CheckTwice(inner, name);
        return inner.Entries.Select(e => new ModelSection($"{path}: {name}.{e.Name}", e.Value, problems) { Name = e.Name });
    }

    private void CheckTwice(YamlNode map, string kind)
    {
        foreach (var twice in map.Entries.CountBy(e => e.Name).Where(c => c.Value > 1))
        {
            Complain($"{kind} has '{twice.Key}' twice");
        }
    }
}
