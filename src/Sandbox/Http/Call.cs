using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Millwright.Sandbox.Records;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Http;

/// <summary>A request once it is authenticated and its body is read.</summary>
internal sealed record Call(Company Company, HttpRequest Request, JsonObject Body)
{
    public string Route(string name) => (string)Request.RouteValues[name]!;

    /// <summary>The record that the path names.</summary>
    /// <exception cref="RefusalException">There is none.</exception>
    public Record Target(Collection collection) =>
        Company.Find(collection.Name, Route("id")) ?? throw RefusalException.NotFound($"There is no record '{Route("id")}' in {collection.Name}.");

    /// <summary>Content of the fields from the given object, laid over what exists.</summary>
    /// <exception cref="RefusalException">What was given is not valid; the message names every field.</exception>
    public JsonObject Build(IReadOnlyList<Field> fields, JsonObject given, JsonObject? existing = null)
    {
        var draft = new Draft(Company.Find);
        var content = draft.Build(fields, given, existing);
        return draft.Errors.Count == 0 ? content : throw RefusalException.Invalid(draft.Errors);
    }
}
