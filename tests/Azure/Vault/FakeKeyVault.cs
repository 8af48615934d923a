using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using Microsoft.AspNetCore.Http;
using Millwright.OnAzure.Tests.Loopback;

namespace Millwright.OnAzure.Tests.Vault;

/// <summary>The documented REST behaviour of Key Vault's secrets: challenge, versions, soft delete with its conflicts.</summary>
internal sealed class FakeKeyVault : IAsyncDisposable
{
    // A host of its own for each: the client remembers a host's challenge for as long as the process runs.
    private readonly Uri _vaultUri = new($"https://t{RandomNumberGenerator.GetHexString(16, lowercase: true)}.vault.azure.net/");
    private readonly ConcurrentDictionary<string, Secret> _secrets = new(StringComparer.OrdinalIgnoreCase);
    private LoopbackServer? _server;

    private enum State
    {
        Active,
        Deleting,
        Deleted,
        Recovering,
    }

    /// <summary>Runs before a request is answered; returns true if it has answered itself.</summary>
    public Func<HttpContext, RecordedRequest, Task<bool>> Before { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Runs once it is known what a read will be answered.</summary>
    public Func<Task> BeforeReadIsAnswered { get; set; } = () => Task.CompletedTask;

    /// <summary>How many requests a deletion or recovery survives before it is finished.</summary>
    public int Slowness { get; set; }

    public IEnumerable<RecordedRequest> Requests => _server!.Requests.Where(r => r.Headers.ContainsKey("Authorization"));

    public LoopbackServer Server => _server!;

    public static async Task<FakeKeyVault> StartAsync()
    {
        var vault = new FakeKeyVault();
        vault._server = await LoopbackServer.StartAsync(vault.AnswerAsync);
        return vault;
    }

    public SecretClient Client(TokenCredential? credential = null)
    {
        var options = new SecretClientOptions { Transport = _server!.Transport }.WithDefaults();
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        return new SecretClient(_vaultUri, credential ?? new StaticCredential(), options);
    }

    public int Count(string method, string name) =>
        Requests.Count(r => r.Method == method && r.Path.TrimEnd('/').EndsWith($"/{name}", StringComparison.OrdinalIgnoreCase));

    /// <summary>Another process sets the secret.</summary>
    public void Rotate(string name, string value) => _secrets[name] = new Secret(value);

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, RecordedRequest request)
    {
        if (request.Header("Authorization") != $"Bearer {StaticCredential.GoodToken}")
        {
            context.Response.Headers.WWWAuthenticate =
                "Bearer authorization=\"https://login.windows.net/00000000-0000-0000-0000-000000000001\", resource=\"https://vault.azure.net\"";
            await RefuseAsync(context, 401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token.");
        }
        else if (!await Before(context, request))
        {
            var parts = request.Path.Trim('/').Split('/');
            await ((request.Method, parts[0], parts.Length) switch
            {
                ("PUT", "secrets", 2) => SetAsync(context, parts[1], JsonNode.Parse(request.Body)!["value"]!.GetValue<string>()),
                ("GET", "secrets", 2) => GetAsync(context, parts[1]),
                ("DELETE", "secrets", 2) => DeleteAsync(context, parts[1]),
                ("POST", "deletedsecrets", 3) when parts[2] == "recover" => RecoverAsync(context, parts[1]),
                _ => RefuseAsync(context, 400, "BadParameter", $"{request.Method} {request.Path}"),
            });
        }
    }

    private Task SetAsync(HttpContext context, string name, string value)
    {
        switch (StateOf(name))
        {
            case State.Deleted:
                return ConflictAsync(context, "ObjectIsDeletedButRecoverable");
            case State.Deleting:
                return ConflictAsync(context, "ObjectIsBeingDeleted");
            case State.Recovering:
                return ConflictAsync(context, "ObjectIsBeingRecovered");
            default:
                var secret = _secrets[name] = new Secret(value);
                return BundleAsync(context, name, secret);
        }
    }

    private async Task GetAsync(HttpContext context, string name)
    {
        var found = StateOf(name) == State.Active ? _secrets[name] : null;
        await BeforeReadIsAnswered();
        await (found is null
            ? RefuseAsync(context, 404, "SecretNotFound", $"A secret with (name/id) {name} was not found in this key vault.")
            : BundleAsync(context, name, found));
    }

    private Task DeleteAsync(HttpContext context, string name)
    {
        switch (StateOf(name))
        {
            case State.Active:
                _secrets[name].Enter(State.Deleting, Slowness);
                return BundleAsync(context, name, _secrets[name]);
            case State.Deleting:
                return ConflictAsync(context, "ObjectIsBeingDeleted");
            default:
                return RefuseAsync(context, 404, "SecretNotFound", $"A secret with (name/id) {name} was not found in this key vault.");
        }
    }

    private Task RecoverAsync(HttpContext context, string name)
    {
        switch (StateOf(name))
        {
            case State.Deleted:
                _secrets[name].Enter(State.Recovering, Slowness);
                return BundleAsync(context, name, _secrets[name]);
            case State.Deleting:
                return RefuseAsync(context, 404, "SecretNotFound", "The deletion has not finished.");
            default:
                return ConflictAsync(context, "ObjectIsBeingRecovered");
        }
    }

    private State? StateOf(string name) => _secrets.TryGetValue(name, out var secret) ? secret.Step() : null;

    private static Task ConflictAsync(HttpContext context, string reason) =>
        WriteAsync(context, 409, new { error = new { code = "Conflict", message = $"The secret is in the state {reason}.", innererror = new { code = reason } } });

    public static Task RefuseAsync(HttpContext context, int status, string code, string message) =>
        WriteAsync(context, status, new { error = new { code, message } });

    private Task BundleAsync(HttpContext context, string name, Secret secret) => WriteAsync(context, 200, new
    {
        value = secret.Value,
        id = $"{_vaultUri}secrets/{name}/{Guid.AllBitsSet:N}",
        recoveryId = $"{_vaultUri}deletedsecrets/{name}",
        attributes = new { enabled = true, created = 1_700_000_000, updated = 1_700_000_000, recoveryLevel = "Recoverable+Purgeable" },
    });

    private static Task WriteAsync(HttpContext context, int status, object body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(JsonSerializer.Serialize(body));
    }

    private sealed class Secret(string value)
    {
        private State _state = State.Active;
        private int _requestsLeft;

        public string Value => value;

        public void Enter(State state, int requests) => (_state, _requestsLeft) = (state, requests);

        /// <summary>The state that this request meets; a deletion or recovery gets one request older.</summary>
        public State Step()
        {
            if (_state is State.Deleting or State.Recovering && --_requestsLeft < 0)
            {
                _state = _state == State.Deleting ? State.Deleted : State.Active;
            }

            return _state;
        }
    }
}
