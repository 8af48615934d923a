namespace Millwright.Core.Entities.OpenApi;

/// <summary>What the document says about the whole.</summary>
/// <param name="Title">The API's name.</param>
/// <param name="Version">The version of the installation.</param>
/// <param name="Description">Markdown for the first page.</param>
/// <param name="Server">The address that all paths are below.</param>
public sealed record OpenApiInfo(string Title, string Version, string Description, Uri Server);
