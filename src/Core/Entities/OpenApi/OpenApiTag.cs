namespace Millwright.Core.Entities.OpenApi;

/// <summary>A heading that operations stand under.</summary>
/// <param name="Name">What <see cref="OpenApiOperation.Tag"/> gives.</param>
/// <param name="Title">The heading for a person.</param>
/// <param name="Description">Markdown below it.</param>
public sealed record OpenApiTag(string Name, string Title, string Description);
