namespace Millwright.Connectors.Definitions.Yaml;

/// <summary>A record that may be written as a scalar: short for the mapping with this one text property.</summary>
/// <param name="property">The property's name in C#.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ScalarFormAttribute(string property) : Attribute
{
    /// <summary>The property's name in C#.</summary>
    public string Property { get; } = property;
}
