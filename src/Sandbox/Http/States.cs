using System.Text.Json.Nodes;
using Millwright.Sandbox.Records;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Http;

/// <summary>What a record's state allows.</summary>
internal static class States
{
    /// <exception cref="RefusalException">The state is final.</exception>
    public static void RequireOpen(Record record)
    {
        if (record.Collection.States is { } states && states.IsFinal(record.State))
        {
            var open = states.States.Where(state => !states.IsFinal(state));
            throw RefusalException.Conflict("record_closed", $"'{record.Id}' is {record.State} and can no longer be changed.", record.State, open);
        }
    }

    /// <exception cref="RefusalException">The state forbids deletion.</exception>
    public static void RequireDeletable(Record record)
    {
        if (record.Collection.States is { } states && !states.Deletable.Contains(record.State, StringComparer.Ordinal))
        {
            throw RefusalException.Conflict("invalid_state", $"'{record.Id}' is {record.State} and cannot be deleted.", record.State, states.Deletable);
        }
    }

    /// <summary>The record's content in another state.</summary>
    /// <exception cref="RefusalException">There is no such move.</exception>
    public static JsonObject Moved(Record record, string to, DateTimeOffset now)
    {
        var states = record.Collection.States!;
        var allowed = states.AllowedFrom(record.State);
        if (!allowed.Contains(to, StringComparer.Ordinal))
        {
            var message = $"'{record.Id}' is {record.State} and cannot become {to}.";
            throw RefusalException.Conflict("invalid_transition", message, record.State, allowed, stateName: "from");
        }

        var content = record.Open();
        content["state"] = to;
        foreach (var stamp in states.Stamps.GetValueOrDefault(to, []))
        {
            var field = record.Collection.Fields.Single(field => field.Name == stamp);
            content[stamp] = field.Type == FieldType.Reference ? Company.UserId : now.ToUnixTimeSeconds();
        }

        return content;
    }
}
