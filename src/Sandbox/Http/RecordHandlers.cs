using Millwright.Sandbox.Queries;
using Millwright.Sandbox.Schema;
using static Millwright.Sandbox.Schema.Fields;

namespace Millwright.Sandbox.Http;

/// <summary>Reads and writes the records of one collection.</summary>
internal sealed class RecordHandlers(Collection collection)
{
    public Answer List(Call call)
    {
        var rows = call.Company.Rows(collection);
        if (collection.CursorFilter is not null)
        {
            var (records, next) = CursorQuery.Parse(collection, call.Request.Query).Apply(rows);
            return Answer.List(records.Select(record => record.Json), next is null ? "\"next_cursor\":null" : $"\"next_cursor\":\"{next}\"");
        }

        var query = ListQuery.Parse(collection, call.Request.Query);
        var all = query.Apply(rows);
        return Answer.Page(query.PageOf(all).Select(record => record.Json), query.Page, query.PageSize, all.Count);
    }

    public Answer Get(Call call) => Answer.Of(call.Target(collection));

    public Answer Create(Call call) => Answer.Created(call.Company.Add(collection, call.Build(collection.Fields, call.Body)));

    public Answer Update(Call call)
    {
        var record = call.Target(collection);
        States.RequireOpen(record);
        return Answer.Of(call.Company.Replace(record, call.Build(collection.Fields, call.Body, record.Open())));
    }

    public Answer Delete(Call call)
    {
        var record = call.Target(collection);
        States.RequireDeletable(record);
        if (call.Company.ReferrerOf(record) is { } referrer)
        {
            throw new RefusalException(409, "in_use", $"'{record.Id}' is referred to by '{referrer.Id}' in {referrer.Collection.Name}.");
        }

        call.Company.Remove(record);
        return Answer.NoContent;
    }

    public Answer Transition(Call call)
    {
        var record = call.Target(collection);
        var to = (string)call.Build([Choice("to", collection.States!.States).Needed()], call.Body)["to"]!;
        return Answer.Of(call.Company.Replace(record, States.Moved(record, to, call.Company.Now)));
    }
}
