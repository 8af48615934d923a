using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Identity;
using Millwright.Core.Storage;
using Millwright.Core.Webhooks;
using Millwright.Functions.Http;

namespace Millwright.Functions.Webhooks;

/// <summary>The webhooks that could not be processed.</summary>
internal sealed class FailureFunctions(Caller caller, WebhookFailures failures, IBlobs blobs)
{
    private const string Route = "api/system/webhooks/failures";

    // Each is a write and a message; the answer says where to go on.
    private const int MaxReplays = 1_000;

    /// <summary>Lists them, the oldest first.</summary>
    [Function("ListWebhookFailures")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        var parameters = new QueryParameters(request, "connection", "state", "from", "before", "cursor", "per_page");
        var query = new FailureQuery(application.ApplicationId)
        {
            ConnectionId = parameters.Text("connection"),
            State = parameters.Choice<FailureState>("state"),
            From = parameters.Time("from"),
            Before = parameters.Time("before"),
            After = parameters.Text("cursor"),
        };
        parameters.Done();
        var perPage = PageRequest.Of(request).PerPage;
        var found = await failures.ListAsync(query, cancellationToken).Take(perPage + 1).ToListAsync(cancellationToken);
        var page = found.Take(perPage).ToList();
        return JsonResults.Plain(new
        {
            data = page.Select(FailureView.Of),
            meta = new { cursor = page.Count == 0 ? query.After : page[^1].Id, has_more = found.Count > perPage },
        });
    }

    /// <summary>One of them, with its payload.</summary>
    [Function("GetWebhookFailure")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        var failure = await failures.GetAsync(application.ApplicationId, id, cancellationToken);
        return JsonResults.Data(FailureView.WithPayload(failure, await failure.Webhook.BodyAsync(blobs, cancellationToken)));
    }

    /// <summary>Sends one of them to the queue again.</summary>
    [Function("ReplayWebhookFailure")]
    public async Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/{id}/replay")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        return JsonResults.Data(FailureView.Of(await failures.ReplayAsync(application.ApplicationId, id, cancellationToken)));
    }

    /// <summary>Sends those of a connection or a time to the queue again, the oldest first, a thousand at most.</summary>
    [Function("ReplayWebhookFailures")]
    public async Task<IResult> ReplayMany(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/replay")] HttpRequest request, CancellationToken cancellationToken)
    {
        var application = await caller.RequireAsync(request, TokenKind.Application, cancellationToken);
        var query = ReplayBody.Parse(await RequestBody.ReadJsonAsync(request, cancellationToken), application.ApplicationId);
        var found = await failures.ListAsync(query, cancellationToken).Take(MaxReplays + 1).ToListAsync(cancellationToken);
        foreach (var failure in found.Take(MaxReplays))
        {
            await failures.ReplayAsync(application.ApplicationId, failure.Id, cancellationToken);
        }

        return JsonResults.Data(new { replayed = Math.Min(found.Count, MaxReplays), has_more = found.Count > MaxReplays });
    }
}
