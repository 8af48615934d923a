namespace Millwright.Core.Entities.Loading;

/// <summary>The model that is built into this assembly.</summary>
internal static class EmbeddedModel
{
    private const string Prefix = "Millwright.Core.Entities.Model.";

    public static IEnumerable<ModelFile> Files
    {
        get
        {
            var assembly = typeof(EmbeddedModel).Assembly;
            return assembly.GetManifestResourceNames()
                .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(n => new ModelFile(n[Prefix.Length..], () => new StreamReader(assembly.GetManifestResourceStream(n)!)));
        }
    }

    public static EntityModel Load()
    {
        var problems = new List<string>();
        var model = ModelLoader.Load(Files, problems);
        return problems.Count == 0 ? model : throw new InvalidOperationException("The embedded model is wrong:\n" + string.Join('\n', problems));
    }
}
