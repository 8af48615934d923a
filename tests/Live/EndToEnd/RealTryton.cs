using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Millwright.Testing.EndToEnd;

namespace Millwright.Live.Tests.EndToEnd;

/// <summary>A running Tryton with its demo company, and its own JSON-RPC to check against.</summary>
internal static class RealTryton
{
    private const string Login = "api";
    private const string Password = "api-Secret-1";
    private const string Database = "tryton";

    private static readonly Uri Address = new($"http://127.0.0.1:{Environment.GetEnvironmentVariable("SYS_TRYTON_PORT") ?? "8000"}");

    public static SystemUnderTest System { get; } = new(
        "tryton",
        new Dictionary<string, string> { ["url"] = Address.ToString(), ["database"] = Database, ["login"] = Login, ["password"] = Password },
        "password",
        ["quotation", "confirmed"]);

    /// <summary>Asks Tryton itself.</summary>
    public static async Task<JsonNode> CallAsync(string method, JsonArray parameters) =>
        await AnswerAsync(method, parameters) ?? throw new InvalidOperationException($"Tryton answered nothing to {method}.");

    /// <summary>Has Tryton itself do something that it answers nothing to.</summary>
    public static Task DoAsync(string method, JsonArray parameters) => AnswerAsync(method, parameters);

    private static async Task<JsonNode?> AnswerAsync(string method, JsonArray parameters)
    {
        using var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Login}:{Password}")));

        // With its length: Tryton refuses a chunked body.
        using var body = new StringContent(
            new JsonObject { ["id"] = 1, ["method"] = method, ["params"] = parameters }.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"/{Database}/", UriKind.Relative), body);
        var json = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>();
        return json!.ContainsKey("result") ? json["result"] : throw new InvalidOperationException($"Tryton answered {json.ToJsonString()}");
    }
}
