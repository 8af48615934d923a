using System.Net.Mime;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Millwright.Core.Connections.Raw;
using Millwright.Functions.Http;

namespace Millwright.Functions.Raw;

/// <summary>A connected system's own answer within ours: JSON as JSON, other text as text, anything else in Base64.</summary>
internal sealed class PassthroughResult(PassthroughResponse answer) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = MediaTypeNames.Application.Json;
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, JsonResults.WriterOptions);
        json.WriteStartObject();
        json.WriteStartObject("data");
        json.WriteNumber("status", answer.Status);
        json.WriteStartObject("headers");
        foreach (var (name, value) in answer.Headers)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        WriteBody(json, answer.Body);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, ReadOnlyMemory<byte> body)
    {
        var isText = Utf8.IsValid(body.Span);
        json.WriteBoolean("base64encoded", !isText);
        json.WritePropertyName("body");
        if (body.IsEmpty)
        {
            json.WriteNullValue();
        }
        else if (!isText)
        {
            json.WriteBase64StringValue(body.Span);
        }
        else if (IsJson(body))
        {
            json.WriteRawValue(body.Span, skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(body.Span);
        }
    }

    private static bool IsJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            // A page, XML, a sentence: it goes through as text.
            return false;
        }
    }
}
