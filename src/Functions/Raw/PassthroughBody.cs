using System.Text;
using System.Text.Json;
using Millwright.Core.Connections.Raw;
using Millwright.Core.Errors;
using Millwright.Functions.Http;

namespace Millwright.Functions.Raw;

/// <summary>The body of <c>POST /api/passthrough</c>.</summary>
internal static class PassthroughBody
{
    private const int LongestPath = 2_000;

    private static readonly Dictionary<string, HttpMethod> Methods = new(StringComparer.OrdinalIgnoreCase)
    {
        ["get"] = HttpMethod.Get,
        ["post"] = HttpMethod.Post,
        ["put"] = HttpMethod.Put,
        ["patch"] = HttpMethod.Patch,
        ["delete"] = HttpMethod.Delete,
    };

    /// <summary>Reads it.</summary>
    /// <exception cref="ApiException"><c>VALIDATION_FAILED</c> with all that is wrong.</exception>
    public static PassthroughRequest Parse(JsonElement json)
    {
        var body = new JsonBody(json, "method", "path", "query", "headers", "body", "base64encoded");
        var path = body.RequiredText("path", LongestPath);
        var method = Methods.GetValueOrDefault(body.RequiredText("method", 10));
        var isBase64 = body.Flag("base64encoded");
        body.Done();
        var problems = new List<ErrorDetail>();
        if (method is null)
        {
            problems.Add(new ErrorDetail("method", $"One of: {string.Join(", ", Methods.Keys)}."));
        }

        var query = Pairs(json, "query", problems);
        var headers = Pairs(json, "headers", problems);
        var content = Content(json, isBase64, problems);
        if (problems.Count > 0)
        {
            throw new ApiException(ErrorCode.ValidationFailed, "The body has fields that are missing or wrong. Nothing was sent.") { Details = problems };
        }

        var contentType = headers.LastOrDefault(h => IsContentType(h.Key)).Value;
        return new PassthroughRequest(method!, path)
        {
            Query = query,
            Headers = headers.FindAll(h => !IsContentType(h.Key)),
            Body = content,
            ContentType = contentType ?? (json.TryGetProperty("body", out var sent) && sent.ValueKind == JsonValueKind.String ? "text/plain" : "application/json"),
        };
    }

    private static bool IsContentType(string name) => name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase);

    // Names with a text, number or boolean each, or a list of them.
    private static List<KeyValuePair<string, string>> Pairs(JsonElement json, string field, List<ErrorDetail> problems)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        if (!json.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return pairs;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new ErrorDetail(field, "An object whose values are texts or numbers, or lists of them."));
            return pairs;
        }

        foreach (var entry in value.EnumerateObject())
        {
            foreach (var one in entry.Value.ValueKind == JsonValueKind.Array ? entry.Value.EnumerateArray().ToArray() : [entry.Value])
            {
                if (one.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                {
                    pairs.Add(new(entry.Name, one.ToString() is var text && one.ValueKind is JsonValueKind.True or JsonValueKind.False ? one.GetRawText() : text));
                }
                else
                {
                    problems.Add(new ErrorDetail($"{field}.{entry.Name}", "A text or number, or a list of them."));
                }
            }
        }

        return pairs;
    }

    // JSON as it was written; a text as it is, or as the bytes that it stands for.
    private static ReadOnlyMemory<byte>? Content(JsonElement json, bool isBase64, List<ErrorDetail> problems)
    {
        var isGiven = json.TryGetProperty("body", out var body) && body.ValueKind != JsonValueKind.Null;
        if (!isBase64)
        {
            return !isGiven ? default(ReadOnlyMemory<byte>?)
                : Encoding.UTF8.GetBytes(body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText());
        }

        if (isGiven && body.ValueKind == JsonValueKind.String && body.TryGetBytesFromBase64(out var bytes))
        {
            return bytes;
        }

        problems.Add(new ErrorDetail("body", "With base64encoded, a text in Base64."));
        return default(ReadOnlyMemory<byte>?);
    }
}
