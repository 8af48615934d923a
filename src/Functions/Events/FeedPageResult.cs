using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Millwright.Core.Events;
using Millwright.Functions.Http;

namespace Millwright.Functions.Events;

/// <summary>Puts finished events into the answer's envelope without parsing them again.</summary>
internal sealed class FeedPageResult(FeedPage page) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter, JsonResults.WriterOptions);
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var e in page.Events)
        {
            json.WriteRawValue(e.Json.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteStartObject("meta");
        json.WriteString("cursor", page.Cursor);
        json.WriteBoolean("has_more", page.HasMore);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
