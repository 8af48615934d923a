using System.Globalization;
using System.Text.Json.Nodes;
using Millwright.Sandbox.Queries;
using Millwright.Sandbox.Records;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Http;

/// <summary>Reads and writes the elements of a nested list through its own route.</summary>
internal sealed class SubListHandlers(Collection collection, SubList list)
{
    private readonly Field _field = collection.Fields.Single(field => field.Name == list.Field);

    public Answer List(Call call)
    {
        var query = ListQuery.ParsePaging(call.Request.Query);
        JsonNode?[] elements = [.. Elements(call.Target(collection).Open())];
        return Answer.Page(query.PageOf(elements).Select(element => Record.Serialize(element!)), query.Page, query.PageSize, elements.Length);
    }

    public Answer Add(Call call)
    {
        var record = call.Target(collection);
        States.RequireOpen(record);
        var content = record.Open();
        var elements = Elements(content);
        var element = call.Build(_field.Fields, call.Body);
        var last = elements.Select(other => int.Parse((string)other!["id"]!, CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        element["id"] = (last + 1).ToString(CultureInfo.InvariantCulture);
        elements.Add(element);
        call.Company.Replace(record, content);
        return Answer.Of(element, 201);
    }

    public Answer Update(Call call)
    {
        var record = call.Target(collection);
        States.RequireOpen(record);
        var content = record.Open();
        var elements = Elements(content);
        var id = call.Route("element");
        var existing = elements.FirstOrDefault(other => (string?)other!["id"] == id)
            ?? throw RefusalException.NotFound($"There is no element '{id}' in the {list.Route} of '{record.Id}'.");
        var element = call.Build(_field.Fields, call.Body, existing.AsObject());
        elements[elements.IndexOf(existing)] = element;
        call.Company.Replace(record, content);
        return Answer.Of(element);
    }

    private JsonArray Elements(JsonObject content) => content[list.Field]!.AsArray();
}
