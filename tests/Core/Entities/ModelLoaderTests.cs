using Millwright.Core.Entities.Loading;
using Millwright.Testing;

namespace Millwright.Core.Tests.Entities;

public sealed class ModelLoaderTests
{
    private const string Status = """
        record: Status
        description: A status.
        fields:
          key:
            type: key
            description: Identifies it.
        """;

    [Fact]
    public void The_model_that_ships_is_right()
    {
        var problems = new List<string>();

        ModelLoader.Load(EmbeddedModel.Files, problems);

        Offenders.None(problems);
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        var problems = Problems(Status, """
            entity: things
            record: Thing
            title: Thing
            areas: [erp, moon]
            operations: [list, explode]
            colour: red
            fields:
              name:
                type: strin
                description: Its name.
              ownerKey:
                type: key
                relation: owners
                description: Who owns it.
              parts:
                type: array
                items: object
                record: Part
              size:
                type: decimal
                items: string
                readOnly: maybe
                description: Its size.
              size:
                type: decimal
                description: Its size again.
            """);

        string[] expected =
        [
            "1: unknown property 'colour'",
            "1: description is missing",
            "1: areas has the unknown 'moon'",
            "1: operations has the unknown 'explode'",
            "1: fields has 'size' twice",
            "1: fields.name: type is the unknown 'strin'",
            "1: fields.ownerKey: relation names the unknown entity 'owners'",
            "1: fields.parts: description is missing",
            "1: fields.parts: record names the unknown type 'Part'",
            "1: fields.size: items without being an array",
            "1: fields.size: readOnly is neither true nor false",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), problems.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_type_that_contains_itself_is_refused()
    {
        var problems = Problems(Status, """
            record: Loop
            description: A loop.
            fields:
              inner:
                type: object
                record: Loop
                description: The loop again.
            """);

        Assert.Equal(["1: fields.inner: record 'Loop' contains itself"], problems);
    }

    [Fact]
    public void A_type_that_exists_twice_is_refused()
    {
        Assert.Equal(["1: the record type Status exists already in 0"], Problems(Status, Status));
    }

    [Fact]
    public void Text_that_is_not_yaml_is_a_problem_of_its_file()
    {
        Assert.StartsWith("1: ", Assert.Single(Problems(Status, "fields: [")), StringComparison.Ordinal);
    }

    private static List<string> Problems(params string[] files)
    {
        var problems = new List<string>();
        ModelLoader.Load(files.Select((text, i) => new ModelFile($"{i}", () => new StringReader(text))), problems);
        return problems;
    }
}
