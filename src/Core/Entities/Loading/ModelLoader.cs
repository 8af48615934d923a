using YamlDotNet.Core;

namespace Millwright.Core.Entities.Loading;

/// <summary>Builds a model from its files and names everything that is wrong with them at once.</summary>
internal sealed class ModelLoader
{
    private static readonly string[] EntityProperties =
        ["entity", "record", "title", "description", "areas", "operations", "extensions", "statuses", "fields", "subResources", "collections"];

    private static readonly string[] RecordProperties = ["record", "description", "fields"];
    private static readonly string[] SubResourceProperties = ["description", "record", "body", "operations", "hasKeys"];
    private static readonly string[] CollectionProperties = ["description", "record"];

    private static readonly string[] EntityOperations =
        [OperationName.List, OperationName.Get, OperationName.Create, OperationName.Update, OperationName.Delete, OperationName.SetStatus];

    private static readonly string[] SubResourceOperations = [OperationName.List, OperationName.Create, OperationName.Update];

    private readonly List<ModelSection> _files;
    private readonly RecordBuilder _records;

    private ModelLoader(List<ModelSection> files, ICollection<string> problems)
    {
        _files = files;
        var entities = files.Select(f => f.Node["entity"]?.Text).OfType<string>().ToHashSet();
        _records = new RecordBuilder(files, entities, problems);
    }

    /// <summary>The model of these files.</summary>
    /// <param name="files">One for each entity and each shared type.</param>
    /// <param name="problems">Receives what is wrong, each with its file. The model is of use only if nothing is.</param>
    public static EntityModel Load(IEnumerable<ModelFile> files, ICollection<string> problems)
    {
        var sections = new List<ModelSection>();
        foreach (var file in files)
        {
            try
            {
                using var text = file.Text();
                sections.Add(new ModelSection(file.Name, YamlNode.Parse(text), problems) { Name = file.Name });
            }
            catch (YamlException e)
            {
                problems.Add($"{file.Name}: {e.Message}");
            }
        }

        return new ModelLoader(sections, problems).Build();
    }

    private EntityModel Build()
    {
        foreach (var file in _files)
        {
            file.CheckProperties(file.Node["entity"] is null ? RecordProperties : EntityProperties);
        }

        var entities = _files.Where(f => f.Node["entity"] is not null).Select(Entity).OrderBy(e => e.Name, StringComparer.Ordinal).ToList();
        var status = _records.Find("Status") ?? new RecordType("Status", "", []);
        return new EntityModel(entities, _records.All, status);
    }

    private EntityType Entity(ModelSection file) => new(
        file.Required("entity"),
        file.Required("title"),
        file.Required("description"),
        file.Names("areas", EntityModel.Areas),
        _records.Required(file, "record"),
        file.Names("operations", EntityOperations),
        file.Names("extensions", EntityOperations),
        file.Flag("statuses"),
        [.. file.Sections("subResources").Select(SubResource)],
        [.. file.Sections("collections").Select(Collection)]);

    private SubResource SubResource(ModelSection section)
    {
        section.CheckProperties(SubResourceProperties);
        return new SubResource(
            section.Name,
            section.Required("description"),
            _records.Required(section, "record"),
            section.Node["body"] is null ? null : _records.Required(section, "body"),
            section.Names("operations", SubResourceOperations),
            section.Flag("hasKeys"));
    }

    private EntityCollection Collection(ModelSection section)
    {
        section.CheckProperties(CollectionProperties);
        return new EntityCollection(section.Name, section.Required("description"), _records.Required(section, "record"));
    }
}
