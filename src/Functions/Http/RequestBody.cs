using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Millwright.Core.Errors;

namespace Millwright.Functions.Http;

/// <summary>Reads request bodies within their size limit.</summary>
internal static class RequestBody
{
    /// <summary>The largest body of an entity or system call.</summary>
    public const int Limit = 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>The body as JSON.</summary>
    /// <exception cref="ApiException"><c>UNSUPPORTED_MEDIA_TYPE</c>, <c>BODY_TOO_LARGE</c>, <c>MALFORMED_JSON</c>.</exception>
    public static async Task<JsonElement> ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!IsJson(request.ContentType))
        {
            throw new ApiException(ErrorCode.UnsupportedMediaType, "The body must be JSON, with Content-Type: application/json.");
        }

        var bytes = await ReadAsync(request, Limit, cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            CheckText(bytes.Span);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw Malformed(e.LineNumber, e.BytePositionInLine, e);
        }
    }

    /// <summary>The body as JSON; an empty object where none was sent.</summary>
    /// <exception cref="ApiException"><c>UNSUPPORTED_MEDIA_TYPE</c>, <c>BODY_TOO_LARGE</c>, <c>MALFORMED_JSON</c>.</exception>
    public static async Task<JsonElement> ReadOptionalJsonAsync(HttpRequest request, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(request.ContentType) && (await ReadAsync(request, Limit, cancellationToken)).IsEmpty
            ? JsonElement.Parse("{}")
            : await ReadJsonAsync(request, cancellationToken);

    /// <summary>The body as it came, of at most <paramref name="limit"/> bytes.</summary>
    /// <exception cref="ApiException"><c>BODY_TOO_LARGE</c>.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > limit)
            {
                throw TooLarge(limit);
            }

            body.Write(buffer, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    // The parser takes bytes that are no UTF-8 and escapes of half a surrogate pair for text; whoever reads such a name or text later would fail.
    private static void CheckText(ReadOnlySpan<byte> json)
    {
        if (Utf8.IsValid(json) && json.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            try
            {
                _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
            }
            catch (InvalidOperationException e)
            {
                var before = json[..(int)reader.TokenStartIndex];
                throw Malformed(before.Count((byte)'\n'), before.Length - 1 - before.LastIndexOf((byte)'\n'), e);
            }
        }
    }

    private static ApiException Malformed(long? line, long? position, Exception cause) =>
        new(ErrorCode.MalformedJson, $"The body is not well-formed JSON at line {line + 1}, byte {position + 1}.", cause);

    private static ApiException TooLarge(int limit) => new(ErrorCode.BodyTooLarge, $"The body is over the limit of {limit} bytes.");

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
