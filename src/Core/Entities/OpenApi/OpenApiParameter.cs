namespace Millwright.Core.Entities.OpenApi;

/// <summary>A parameter of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="In"><c>path</c>, <c>query</c> or <c>header</c>. One in the path is required, every other optional.</param>
/// <param name="Description">Markdown.</param>
/// <param name="Schema">A JSON Schema, as JSON.</param>
public sealed record OpenApiParameter(string Name, string In, string Description, string Schema)
{
    /// <summary>Whether its schema is an object whose properties are given as <c>name[property]=value</c>.</summary>
    public bool DeepObject { get; init; }

    /// <summary>Its name among the document's components, where many operations share it.</summary>
    internal string? Component { get; init; }
}
