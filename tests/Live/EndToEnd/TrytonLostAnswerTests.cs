using System.Text.Json.Nodes;
using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

namespace Millwright.Live.Tests.EndToEnd;

public sealed class TrytonLostAnswerTests : LostAnswerSuite
{
    protected override SystemUnderTest SystemOf(MillwrightApp app) => RealTryton.System;

    protected override bool CreatesOrder(string methodAndPath, string body) =>
        body.Contains("model.purchase.purchase.create", StringComparison.Ordinal);

    protected override async Task<int> CountInSystemAsync(MillwrightApp app, string title) =>
        (await RealTryton.CallAsync(
            "model.purchase.purchase.search_count",
            [new JsonArray(new JsonArray("description", "=", title)), new JsonObject { ["company"] = 1 }])).GetValue<int>();
}
