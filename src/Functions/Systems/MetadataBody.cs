using System.Text.Json;
using Millwright.Core.Errors;
using Millwright.Functions.Http;

namespace Millwright.Functions.Systems;

/// <summary>The body of <c>POST /api/system/connections/{id}/metadata</c>: a list of keys with values.</summary>
internal static class MetadataBody
{
    private const int MaxTextLength = 1024;

    public static IReadOnlyDictionary<string, string> Parse(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Array)
        {
            throw new ApiException(ErrorCode.ValidationFailed, "The body must be a list of {\"key\": …, \"value\": …}.");
        }

        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in body.EnumerateArray())
        {
            var json = new JsonBody(element, "key", "value");
            entries[json.RequiredText("key", MaxTextLength)] = json.RequiredText("value", MaxTextLength);
            json.Done();
        }

        return entries;
    }
}
