namespace Millwright.Sandbox.Schema;

/// <summary>Short names for writing field lists down.</summary>
internal static class Fields
{
    public static Field Text(string name, int maxLength = 200) => new(name, FieldType.Text) { MaxLength = maxLength };

    public static Field Choice(string name, params string[] choices) => new(name, FieldType.Choice) { Choices = choices };

    public static Field Reference(string name, string target) => new(name, FieldType.Reference) { Target = target };

    public static Field Number(string name) => new(name, FieldType.Number);

    public static Field Amount(string name) => new(name, FieldType.Number) { Min = 0 };

    public static Field Flag(string name) => new(name, FieldType.Flag);

    public static Field Date(string name) => new(name, FieldType.Date);

    public static Field Epoch(string name) => new(name, FieldType.Epoch);

    public static Field Instant(string name) => new(name, FieldType.Instant);

    public static Field Group(string name, params Field[] fields) => new(name, FieldType.Group) { Fields = fields };

    /// <summary>A nested list; every element starts with an id that the server gives.</summary>
    public static Field Lines(string name, params Field[] fields) =>
        new(name, FieldType.Lines) { Fields = [Text("id").ByServer(), .. fields] };

    public static Field Custom() => new("custom", FieldType.Free);

    public static Field ExternalReference() => Text("external_ref", 64);

    public static Field Address(string name) => Group(
        name, Text("street"), Text("city"), Text("postal_code", 20), Text("country", 2));

    public static Field Needed(this Field field) => field with { Required = true };

    public static Field ByServer(this Field field) => field with { Server = true };

    public static Field OnceOnly(this Field field) => field with { Fixed = true };

    public static Field Or(this Field field, string json) => field with { Default = json };

    public static Field From(this Field field, string reference, string source) => field with { CopiedFrom = (reference, source) };
}
