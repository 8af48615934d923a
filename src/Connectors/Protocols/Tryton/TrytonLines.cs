using System.Text.Json.Nodes;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Protocols.Tryton.Settings;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>
/// Turns the nested lists of a source record into Tryton's commands: <c>[["write",[4],{…}],["create",[{…}]],["delete",[5]]]</c>. A list that is
/// given replaces the one there is: an item with a known key is changed, one without a key is new, and what is missing is deleted.
/// </summary>
internal sealed class TrytonLines(TrytonStore store)
{
    /// <summary>Whether the source record has nested lists.</summary>
    public static bool In(EntityPlan entity, JsonObject source) => Lists(entity).Any(l => source.ContainsKey(Member(l)));

    /// <summary>The nested lists' source fields.</summary>
    public static IEnumerable<string> Fields(EntityPlan entity) => Lists(entity).Select(l => l.Path!);

    /// <summary>Replaces each nested list in the source record by the commands.</summary>
    /// <param name="entity">What is written.</param>
    /// <param name="source">The source record from a body.</param>
    /// <param name="present">The record as it is, with the ids of its items by the lists' fields; null on create.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApiException"><c>VALIDATION_FAILED</c>: an item has a key that is not in the list.</exception>
    public async Task ToCommandsAsync(EntityPlan entity, JsonObject source, JsonObject? present, CancellationToken cancellationToken)
    {
        foreach (var list in Lists(entity))
        {
            if (!source.Remove(Member(list), out var given))
            {
                continue;
            }

            var ids = present?[list.Path!] is JsonArray old ? old.Select(id => id!.GetValue<long>()).ToHashSet() : [];
            source[list.Path!] = await CommandsAsync(list, given as JsonArray ?? [], ids, entity.Definition.Tryton?.Lines.GetValueOrDefault(list.Path!), cancellationToken);
        }
    }

    private async Task<JsonArray> CommandsAsync(FieldPlan list, JsonArray given, HashSet<long> present, TrytonLineSettings? settings, CancellationToken cancellationToken)
    {
        var commands = new JsonArray();
        var created = new JsonArray();
        foreach (var (index, node) in given.ToArray().Index())
        {
            var item = (JsonObject)node!.DeepClone();
            if (item.Remove("id", out var key) && key is not null)
            {
                var id = key.GetValue<long>();
                if (!present.Remove(id))
                {
                    throw new ApiException(ErrorCode.ValidationFailed, "An item of the list has a key that is not in the record, or has it twice.")
                    {
                        Details = [new($"{list.Name}[{index}].key", "is not in the record; leave the key out of a new item")],
                    };
                }

                if (item.Count > 0)
                {
                    commands.Add((JsonNode)new JsonArray("write", new JsonArray(id), item));
                }
            }
            else
            {
                created.Add((JsonNode)item);
            }
        }

        if (created.Count > 0)
        {
            await FillAsync(created, settings, cancellationToken);
            commands.Add((JsonNode)new JsonArray("create", created));
        }

        if (present.Count > 0)
        {
            commands.Add((JsonNode)new JsonArray("delete", new JsonArray([.. present.Select(id => (JsonNode)id)])));
        }

        return commands;
    }

    // One read serves all lines: the related records of those that leave something open.
    private async Task FillAsync(JsonArray created, TrytonLineSettings? settings, CancellationToken cancellationToken)
    {
        var lines = created.Select(l => l!.AsObject()).ToArray();
        foreach (var line in lines)
        {
            TrytonDefaults.Fill(line, settings?.Values);
        }

        if (settings?.Copy is not { } copy)
        {
            return;
        }

        var open = lines.Where(l => l[copy.From] is not null && copy.Fields.Keys.Any(f => l[f] is null)).ToArray();
        if (open.Length == 0)
        {
            return;
        }

        var ids = open.Select(l => l[copy.From]!.GetValue<long>()).Distinct().Select(id => (JsonNode)id);
        var found = await store.SearchReadAsync(
            copy.Resource,
            [new JsonArray("id", "in", new JsonArray([.. ids]))],
            [.. copy.Fields.Values.SelectMany(f => f).Distinct(StringComparer.Ordinal)],
            TrytonStore.Archived(null),
            cancellationToken);
        var related = JsonNode.Parse(found.Span)!.AsArray().ToDictionary(r => r!["id"]!.GetValue<long>(), r => r!.AsObject());
        foreach (var line in open)
        {
            // A related record that does not exist is for Tryton to refuse, in its own words.
            if (related.TryGetValue(line[copy.From]!.GetValue<long>(), out var record))
            {
                foreach (var (field, sources) in copy.Fields.Where(f => line[f.Key] is null))
                {
                    line[field] = sources.Select(s => record[s]).FirstOrDefault(v => v is not null)?.DeepClone();
                }
            }
        }
    }

    private static IEnumerable<FieldPlan> Lists(EntityPlan entity) => entity.Records.Fields.Where(f => f.Items is not null && f.Writable);

    // Where the dialect puts a list of records, in a record to write as in one that was read.
    private static string Member(FieldPlan list) => list.Path + ".";
}
