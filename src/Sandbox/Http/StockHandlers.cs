using Millwright.Sandbox.Records;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Http;

/// <summary>Sets how many of an item lie in a storeroom.</summary>
internal static class StockHandlers
{
    private static readonly Collection Levels = Catalog.Get("stock-levels");
    private static readonly Collection Items = Catalog.Get("items");

    public static Answer SetLevel(Call call) => Count(call, call.Target(Levels));

    public static Answer SetItem(Call call)
    {
        call.Body["item_id"] = call.Target(Items).Id;
        var given = call.Build(Levels.Fields, call.Body);
        var level = Array.Find(call.Company.Rows(Levels), row =>
            Equals(row["item_id"], (string?)given["item_id"]) && Equals(row["storeroom_id"], (string?)given["storeroom_id"]));
        if (level is null)
        {
            return Answer.Created(call.Company.Add(Levels, given));
        }

        call.Body.Remove("item_id");
        call.Body.Remove("storeroom_id");
        return Count(call, level);
    }

    /// <summary>A count must say what was counted, though the level has a value already.</summary>
    private static Answer Count(Call call, Record level)
    {
        call.Body.TryAdd("on_hand", null);
        return Answer.Of(call.Company.Replace(level, call.Build(Levels.Fields, call.Body, level.Open())));
    }
}
