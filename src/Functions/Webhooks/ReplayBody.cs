using System.Text.Json;
using Millwright.Core.Errors;
using Millwright.Core.Webhooks;
using Millwright.Functions.Http;

namespace Millwright.Functions.Webhooks;

/// <summary>The body of a bulk replay: which parked webhooks.</summary>
internal static class ReplayBody
{
    private const int MaxTextLength = 64;

    public static FailureQuery Parse(JsonElement body, string applicationId)
    {
        var json = new JsonBody(body, "connection", "from", "before");
        var connection = json.OptionalText("connection", MaxTextLength);
        var (from, before) = (json.OptionalTime("from"), json.OptionalTime("before"));
        json.Done();
        return connection is null && from is null && before is null
            ? throw new ApiException(ErrorCode.ValidationFailed, "Name a connection, a time from or a time before; all at once is rarely meant.")
            {
                Details = [new ErrorDetail("connection", "Or from, or before: at least one of them.")],
            }
            : new FailureQuery(applicationId) { ConnectionId = connection, From = from, Before = before, State = FailureState.Parked };
    }
}
