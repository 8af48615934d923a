using System.Text.Json;
using Millwright.Core.Errors;
using Millwright.Core.Events;
using Millwright.Functions.Http;

namespace Millwright.Functions.Endpoints;

/// <summary>The body of <c>POST /api/system/webhooks/{id}/test</c>.</summary>
internal static class TestBody
{
    private const int MaxTextLength = 256;

    public static string Parse(JsonElement body, EventTypes types)
    {
        var json = new JsonBody(body, "type");
        var type = json.RequiredText("type", MaxTextLength);
        json.Done();
        return types.Exists(type)
            ? type
            : throw new ApiException(ErrorCode.ValidationFailed, $"There is no event type '{type}'.")
            {
                Details = [new ErrorDetail("type", "A type, such as purchase-orders.updated; no pattern.")],
            };
    }
}
