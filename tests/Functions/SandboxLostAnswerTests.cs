using System.Net.Http.Json;
using System.Text.Json;
using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

namespace Millwright.Functions.Tests;

public sealed class SandboxLostAnswerTests : LostAnswerSuite
{
    private const string Company = "sandbox-lost-answers";

    protected override SystemUnderTest SystemOf(MillwrightApp app) => SandboxSystem.Of(app, Company);

    protected override bool CreatesOrder(string methodAndPath, string body) => methodAndPath == "POST /v1/purchase-orders";

    protected override async Task<int> CountInSystemAsync(MillwrightApp app, string title)
    {
        using var sandbox = new HttpClient { BaseAddress = app.SandboxAddress };
        sandbox.DefaultRequestHeaders.Add("X-Api-Key", Company);
        var list = await sandbox.GetFromJsonAsync<JsonElement>(new Uri($"/v1/purchase-orders?title={Uri.EscapeDataString(title)}", UriKind.Relative));
        return list.GetProperty("total").GetInt32();
    }
}
