using System.Text.Json;
using Millwright.Testing;
using Millwright.Testing.App;

namespace Millwright.Contracts.Tests.Answers;

public sealed class SystemAnswerTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    // Answers that have less than the contract's record.
    private static readonly Dictionary<string, string> Partial = new()
    {
        ["GET /api/system/connections/{id}/metadata"] = "A list of keys and values; the contract repeats the connection, which has no place for a value.",
    };

    [Fact]
    public async Task Every_route_answers_as_the_contract_documents()
    {
        var application = fixture.Connected.Application;
        var customer = fixture.Connected.Customer;
        var credentials = SandboxFixture.Sandbox(fixture.Connected.App).Credentials;
        var created = await application.PostAsync("/api/system/connections", new { name = "Inextia", email = "hey@makini.test", provider = "sandbox", credentials });
        using var integration = new ApiClient(fixture.Connected.App.Address, created.Data.GetProperty("access_token").GetString());
        var key = (await integration.GetAsync("/api/integrations/current")).Data.GetProperty("id").GetString();
        var path = $"/api/system/connections/{key}";

        var answers = new Dictionary<string, ApiAnswer>
        {
            ["POST /api/system/connections"] = created,
            ["GET /api/system/connections"] = await application.GetAsync("/api/system/connections?page=1&per_page=2"),
            ["POST /api/system/connections/{id}/metadata"] = await application.PostAsync($"{path}/metadata", new[] { new { key = "uc_first", value = "UC Value" } }),
            ["GET /api/system/connections/{id}/metadata"] = await application.GetAsync($"{path}/metadata"),
            ["POST /api/system/connections/{id}/token"] = await application.PostAsync($"{path}/token", new { token = "a token of the caller's", expires_in = 300 }),
            ["DELETE /api/system/connections/{id}"] = await application.DeleteAsync(path),
            ["GET /api/system/platforms"] = await application.GetAsync("/api/system/platforms"),
            ["GET /api/system/client"] = await application.GetAsync("/api/system/client"),
            ["GET /api/integrations/current"] = await customer.GetAsync("/api/integrations/current"),
            ["GET /api/raw/tables"] = await customer.GetAsync("/api/raw/tables"),
            ["GET /api/raw/tables/{table}/data"] = await customer.GetAsync("/api/raw/tables/vendors/data"),
            ["POST /api/passthrough"] = await customer.PostAsync("/api/passthrough", new { path = "v1/vendors", method = "get", headers = new { Accept = "application/json" } }),
            ["DELETE /api/integrations/current"] = await DisconnectAsync(application, credentials),
        };

        Assert.Equal(PublishedContract.System.Routes.Order(), answers.Keys.Order());
        var reader = new AnswerReader(PublishedContract.System);
        foreach (var (route, answer) in answers)
        {
            reader.CheckAnswer(route, answer.Expect(200), null);
        }

        Offenders.None(reader.Problems.Concat(answers.Where(a => !Partial.ContainsKey(a.Key)).SelectMany(a => Missing(a.Key, a.Value.Json))));
    }

    [Fact]
    public async Task A_token_that_the_caller_sends_is_not_the_one_that_is_issued()
    {
        var key = (await fixture.Connected.Customer.GetAsync("/api/integrations/current")).Data.GetProperty("id").GetString();

        var issued = (await fixture.Connected.Application.PostAsync($"/api/system/connections/{key}/token", new { token = "chosen", expires_in = 300 })).Expect(200);

        Assert.NotEqual("chosen", issued.GetProperty("data").GetProperty("token").GetString());
        using var stranger = new ApiClient(fixture.Connected.App.Address, "chosen");
        (await stranger.GetAsync("/api/integrations/current")).ExpectError(401, "INVALID_TOKEN");
    }

    [Fact]
    public async Task A_token_is_given_as_the_authentication_guide_says()
    {
        using var anonymous = new ApiClient(fixture.Connected.App.Address, null);

        var token = (await anonymous.PostAsync(
            "/link/token", new { grant_type = "client_credentials", client_id = MillwrightApp.ClientId, client_secret = MillwrightApp.ClientSecret })).Expect(200);

        Assert.Equal(
            [("access_token", JsonValueKind.String), ("token_type", JsonValueKind.String), ("expires_in", JsonValueKind.Number)],
            token.EnumerateObject().Select(p => (p.Name, p.Value.ValueKind)));
        Assert.Equal("bearer", token.GetProperty("token_type").GetString());
    }

    private static async Task<ApiAnswer> DisconnectAsync(ApiClient application, IReadOnlyDictionary<string, string> credentials)
    {
        using var leaving = await application.ConnectAsync("sandbox", credentials);
        return await leaving.DeleteAsync("/api/integrations/current");
    }

    // The contract requires no property, but documents them: each is there, be it as null.
    private static IEnumerable<string> Missing(string route, JsonElement answer)
    {
        var contract = PublishedContract.System;
        return
            from data in contract.Properties(contract.Answer(route)).Where(p => p.Name == "data")
            from record in data.Value.TryGetProperty("items", out var items) ? answer.GetProperty("data").EnumerateArray().Select(value => (Schema: items, value)) : [(data.Value, answer.GetProperty("data"))]
            from property in contract.Properties(record.Schema)
            where !record.Item2.TryGetProperty(property.Name, out _)
            select $"{route} has no {property.Name}";
    }
}
