using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Connections;
using Millwright.Core.Errors;
using Millwright.Core.Identity;
using Millwright.Core.Webhooks;
using Millwright.Core.Webhooks.Signatures;
using Millwright.Functions.Http;

namespace Millwright.Functions.Webhooks;

/// <summary>Where a connected system sends its webhooks, and the secrets that prove that they are its own.</summary>
internal sealed class ConnectionWebhookFunctions(
    Caller caller, ConnectionService connections, IConnectorCatalogue connectors, WebhookSubscriptions subscriptions)
{
    private const string Route = "api/system/connections/{id}/webhook";

    /// <summary>The address to enter in the connected system, and which secrets are live. The secrets themselves are not shown again.</summary>
    [Function("GetConnectionWebhook")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var connection = await FindAsync(request, id, cancellationToken);
        var secrets = (await subscriptions.FindAsync(connection.Id, cancellationToken))?.Secrets ?? [];
        return JsonResults.Data(new
        {
            url = AddressOf(request, connection),
            secrets = secrets.Select(secret => new { secret.Key, secret.CreatedAt }),
        });
    }

    /// <summary>Adds a live secret, one of ours or the one that the connected system made. Shown only in this answer.</summary>
    [Function("AddConnectionWebhookSecret")]
    public async Task<IResult> AddSecret(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/secrets")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var connection = await FindAsync(request, id, cancellationToken);
        var body = new JsonBody(await RequestBody.ReadJsonAsync(request, cancellationToken), "secret");
        var given = body.OptionalText("secret", WebhookSubscriptions.MaxSecretLength);
        body.Done();
        var secret = await subscriptions.AddAsync(connection, given, cancellationToken);
        return JsonResults.Data(new { secret.Key, secret = secret.Value, secret.CreatedAt, url = AddressWith(request, connection, secret) });
    }

    /// <summary>Ends a secret.</summary>
    [Function("DeleteConnectionWebhookSecret")]
    public async Task<IResult> DeleteSecret(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/secrets/{key}")] HttpRequest request,
        string id,
        string key,
        CancellationToken cancellationToken)
    {
        var connection = await FindAsync(request, id, cancellationToken);
        return await subscriptions.RemoveAsync(connection, key, cancellationToken)
            ? JsonResults.Data(new { key, deleted = true })
            : throw new ApiException(ErrorCode.SecretNotFound, "There is no secret with this key.");
    }

    private static string AddressOf(HttpRequest request, Connection connection) => $"{request.Scheme}://{request.Host}/api/webhooks/{connection.Id}";

    private SignatureScheme? SchemeOf(Connection connection) => connectors.Find(connection.Provider)?.Webhooks?.Signature;

    // Where the address itself carries the secret, it is shown with it.
    private string AddressWith(HttpRequest request, Connection connection, WebhookSecret secret) =>
        SchemeOf(connection) is SharedSecretScheme { Place: SecretPlace.Query, Name: var name }
            ? $"{AddressOf(request, connection)}?{name}={Uri.EscapeDataString(secret.Value)}"
            : AddressOf(request, connection);

    private async Task<Connection> FindAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        var connection = await connections.GetAsync(application.ApplicationId, id, cancellationToken);
        return SchemeOf(connection) is not null
            ? connection
            : throw new ApiException(ErrorCode.UnsupportedOperation, $"Webhooks of {connection.Provider} are not supported.");
    }
}
