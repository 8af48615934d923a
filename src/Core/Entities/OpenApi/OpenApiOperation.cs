namespace Millwright.Core.Entities.OpenApi;

/// <summary>One verb on one path, as the document shows it.</summary>
/// <param name="Verb">In small letters.</param>
/// <param name="Path">From the root, with <c>{…}</c> for its parameters.</param>
/// <param name="Id">Unique in the document; names the method of generated clients.</param>
/// <param name="Tag">The name of the tag that it stands under.</param>
/// <param name="Summary">A line.</param>
public sealed record OpenApiOperation(string Verb, string Path, string Id, string Tag, string Summary)
{
    /// <summary>Markdown; null where the summary says all.</summary>
    public string? Description { get; init; }

    /// <summary>The parameters, those of the path included.</summary>
    public IReadOnlyList<OpenApiParameter> Parameters { get; init; } = [];

    /// <summary>The JSON Schema of the JSON body, as JSON; null without one.</summary>
    public string? Body { get; init; }

    /// <summary>An example of the body, as JSON.</summary>
    public string? BodyExample { get; init; }

    /// <summary>The JSON Schema of the answer, as JSON; null where it has no body.</summary>
    public string? Answer { get; init; }

    /// <summary>The statuses of failures, out of those of the error catalogue.</summary>
    public IReadOnlyList<int> Errors { get; init; } = [];

    /// <summary>Whether it takes no token.</summary>
    public bool Anonymous { get; init; }

    /// <summary>Whether the published contract lacks it.</summary>
    public bool Extension { get; init; }
}
