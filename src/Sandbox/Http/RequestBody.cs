using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Millwright.Sandbox.Http;

/// <summary>Reads the JSON object in a request.</summary>
internal static class RequestBody
{
    /// <summary>In bytes.</summary>
    public const int LargestSize = 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="RefusalException">Another media type, or not one well-formed object.</exception>
    public static async Task<JsonObject> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            throw new RefusalException(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "The body must be application/json.");
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        return Parse(buffer.ToArray());
    }

    private static JsonObject Parse(byte[] utf8)
    {
        try
        {
            ReadTexts(utf8);
            return JsonNode.Parse(utf8, documentOptions: Strict) as JsonObject ?? throw RefusalException.Malformed("The body must be a JSON object.");
        }
        catch (JsonException exception)
        {
            throw RefusalException.Malformed(exception.Message);
        }
        catch (InvalidOperationException)
        {
            throw RefusalException.Malformed("A text in the body is not valid Unicode.");
        }
    }

    /// <summary>The parser looks at the texts only when they are used; half a surrogate pair shall be found before.</summary>
    private static void ReadTexts(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                reader.GetString();
            }
        }
    }
}
