using System.Text.Json.Nodes;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>Sets a level by a stock count: Tryton keeps movements, and a count is the document that corrects them.</summary>
internal sealed class TrytonCount(TrytonStore store)
{
    private const string Count = "stock.inventory";

    /// <summary>The error for a body that leaves a needed field out.</summary>
    public static ApiException Missing(string field) =>
        new(ErrorCode.ValidationFailed, "The body lacks what a stock count needs.") { Details = [new(field, "is required")] };

    /// <summary>The location and quantity that a body gives.</summary>
    public static (long? Location, JsonNode Quantity) Read(EntityPlan levels, JsonObject values)
    {
        var partition = levels.Definition.Tryton!.Partition!;
        return (values[partition.Name + "."]?["id"]?.GetValue<long>(), values[partition.Record + "."]?["quantity"] ?? throw Missing("quantity"));
    }

    /// <summary>Makes and confirms a count of one product at one location.</summary>
    /// <exception cref="ApiException">
    /// What Tryton says against it; then no count is left behind. <c>SOURCE_REJECTED</c>: the count could not be confirmed.
    /// </exception>
    public async Task SetAsync(TrytonPair pair, JsonNode quantity, CancellationToken cancellationToken)
    {
        var line = new JsonObject { ["product"] = pair.Record, ["quantity"] = quantity.DeepClone() };
        var count = await store.CreateAsync(
            Count, new JsonObject { ["location"] = pair.Location, ["lines"] = new JsonArray(new JsonArray("create", new JsonArray(line))) }, null, cancellationToken);
        try
        {
            await store.PressAsync(Count, "confirm", count, null, cancellationToken);
        }
        catch (ApiException e) when (!e.OutcomeUnknown)
        {
            // The refusal is what the caller has to know; a draft that stays behind changes no level.
            await store.PressAsync(Count, "delete", count, null, cancellationToken);
            throw;
        }

        var done = await store.FindAsync(Count, count, ["state"], null, cancellationToken);
        if (done?["state"]?.GetValue<string>() != "done")
        {
            throw new ApiException(ErrorCode.SourceRejected, "Tryton did not confirm the stock count.");
        }
    }
}
