using System.Globalization;
using Millwright.Connectors.Definitions;

namespace Millwright.Connectors.Tests.Definitions;

/// <summary>From YAML to a definition, or to a complaint with file and line.</summary>
public sealed class LoadingTests
{
    private static readonly ConnectorDefinition Example = DefinitionLoader.Load("test/connector.yaml", Examples.Full);

    [Fact]
    public void Every_definition_in_the_assembly_loads() =>
        Assert.All(DefinitionLoader.LoadAll(), d => Assert.Equal($"{d.Provider}/connector.yaml", d.File));

    [Fact]
    public void A_scalar_is_short_for_a_path() => Assert.Equal("notes", Example.Entities["purchase-orders"].Fields["notes"].Path);

    [Fact]
    public void A_map_keeps_numbers_and_text_apart()
    {
        var map = Plain("map: {open: [1, 2.50, true], closed: done, other: '3'}").Map!;

        Assert.Equal(["1", "2.50", "true"], map["open"].All.Select(v => v.ToJsonString()));
        Assert.Equal("\"done\"", map["closed"].Written.ToJsonString());
        Assert.Equal("\"3\"", map["other"].Written.ToJsonString());
    }

    [Fact]
    public void Operations_may_be_names_or_settings()
    {
        Assert.Equal(["list", "get", "create"], Example.Entities["vendors"].Operations.ByName.Keys);
        Assert.Equal(["title"], Example.Entities["purchase-orders"].Operations.ByName["create"].Required);
        Assert.True(Example.Entities["purchase-orders"].Operations.Contains("set-status"));
    }

    [Fact]
    public void A_field_knows_its_line()
    {
        var line = Example.Entities["purchase-orders"].Fields["terms"].Line;

        Assert.Contains("terms:", Examples.Full.Split('\n')[line - 1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("retries: 3", "retrys: 3", "Property 'retrys' not found")]
    [InlineData("orderNo: {path: number, readOnly: true", "orderNo: {path: number, readonly: true", "Property 'readonly' not found")]
    [InlineData("reference: external_reference", "reference: external_reference\n    sync: true", "Property 'sync' not found")]
    [InlineData("kind: secret", "kind: password", "has the wrong form: Requested value")]
    [InlineData("concurrency: 4", "concurrency: many", "has the wrong form: The input string 'many'")]
    [InlineData("changes: comparison", "changes: sometimes", "has the wrong form: Requested value")]
    [InlineData("map: {open: [1, 2]", "map: {open: [1, [2]]", "Scalar")]
    [InlineData("map: {open: [1, 2]", "map: {open: []", "At least one source value")]
    [InlineData("map: {open: [1, 2]", "map: {open: ~", "cannot be null")]
    [InlineData("[list, get, create]", "[list, get, list]", "'list' is given twice")]
    [InlineData("{list: , create: {required: [title]}, set-status: }", "{list: , list: }", "'list' is given twice")]
    [InlineData("notes: notes", "notes: ", "A value is missing")]
    [InlineData("title: {coalesce: [title, memo]}", "title: {coalesce: title}", "has the wrong form")]
    public void A_mistake_is_an_error_with_file_and_line(string right, string wrong, string message)
    {
        var yaml = Examples.With(right, wrong);

        var error = Assert.Throws<DefinitionException>(() => DefinitionLoader.Load("test/connector.yaml", yaml));

        var line = yaml.Split('\n').Index().First(l => !Examples.Full.Split('\n').Contains(l.Item)).Index + 1;
        var problem = Assert.Single(error.Problems);
        Assert.InRange(problem.Line, line, line + 1);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"test/connector.yaml:{problem.Line}: "), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("provider: test\n", "Provider")]
    [InlineData("resource: vendors\n    ", "Resource")]
    [InlineData("name: key, ", "Name")]
    public void What_is_needed_and_missing_is_an_error(string needed, string property)
    {
        var error = Assert.Throws<DefinitionException>(() => DefinitionLoader.Load("test/connector.yaml", Examples.With(needed, "")));

        Assert.Contains(property, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_field_that_comes_twice_is_an_error_that_names_it()
    {
        var error = Assert.Throws<DefinitionException>(() => DefinitionLoader.Load("test/connector.yaml", Examples.With("notes: notes", "notes: notes\n      notes: text")));

        Assert.Contains("duplicate key notes", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("areas: [erp]", "areas: [crm]", "'areas' has to name some of eam, erp, wms.")]
    [InlineData("name: tenant", "name: key", "Two credentials have one name.")]
    [InlineData("kind: secret", "kind: secret, example: x", "A secret has an example.")]
    [InlineData("concurrency: 4", "concurrency: 400", "'limits.concurrency' has to be 1 to 64.")]
    [InlineData("attemptSeconds: 30", "attemptSeconds: 0", "'limits.attemptSeconds' has to be 1 to 200.")]
    [InlineData("totalSeconds: 90", "totalSeconds: 300", "'limits.totalSeconds' has to be 1 to 220.")]
    [InlineData("totalSeconds: 90", "totalSeconds: 20", "'limits.attemptSeconds' is longer than 'limits.totalSeconds'.")]
    [InlineData("retries: 3", "retries: 11", "'limits.retries' has to be 0 to 10.")]
    [InlineData("changes: comparison", "changes: modified-time", "inventories may only say 'changes: comparison'.")]
    [InlineData("field: statusKey", "field: other", "purchase-orders.other holds the status but is not mapped.")]
    public void What_the_form_allows_but_makes_no_sense_is_an_error(string right, string wrong, string problem)
    {
        var error = Assert.Throws<DefinitionException>(() => DefinitionLoader.Load("test/connector.yaml", Examples.With(right, wrong)));

        Assert.Equal(problem, Assert.Single(error.Problems).Message);
    }

    [Fact]
    public void An_empty_file_is_an_error() => Assert.Throws<DefinitionException>(() => DefinitionLoader.Load("test/connector.yaml", ""));

    private static FieldDefinition Plain(string map) =>
        DefinitionLoader.Load("x", Examples.With("{path: state, as: text, map: {open: [1, 2], closed: done}, readOnly: true}", $"{{path: x, {map}}}")).Entities["purchase-orders"].Fields["statusKey"];
}
