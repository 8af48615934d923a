using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Millwright.Bench.Polling;

/// <summary>A Tryton that runs at this address, with the database and the user that the tests use.</summary>
internal sealed class TrytonSource : ISource
{
    private const string Login = "api";
    private const string Password = "api-Secret-1";
    private const string Database = "tryton";

    private readonly Uri _address;
    private readonly HttpClient _http;

    public TrytonSource(Uri address)
    {
        _address = address;
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Login}:{Password}")));
    }

    public string Name => "Tryton";

    public string Provider => "tryton";

    public Dictionary<string, string> Credentials => new(StringComparer.Ordinal)
    {
        ["url"] = _address.ToString(),
        ["database"] = Database,
        ["login"] = Login,
        ["password"] = Password,
    };

    public async Task CreateVendorsAsync(int count)
    {
        var records = new JsonArray([.. Enumerable.Range(0, count).Select(i => new JsonObject { ["name"] = $"Vendor {i}" })]);
        var call = new JsonObject { ["id"] = 1, ["method"] = "model.party.party.create", ["params"] = new JsonArray(records, new JsonObject { ["company"] = 1 }) };
        using var body = new StringContent(call.ToJsonString(), Encoding.UTF8, "application/json");
        (await _http.PostAsync(new Uri($"/{Database}/", UriKind.Relative), body)).EnsureSuccessStatusCode().Dispose();
    }

    public void Dispose() => _http.Dispose();
}
