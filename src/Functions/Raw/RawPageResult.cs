using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Millwright.Core.Connections.Raw;
using Millwright.Functions.Http;

namespace Millwright.Functions.Raw;

/// <summary>A page of a connected system's table in the envelope of all our lists.</summary>
internal sealed class RawPageResult(RawTableRequest asked, RawPage page) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = MediaTypeNames.Application.Json;
        var links = new PageLinks(asked.Cursor is null ? asked.Page : null, asked.PerPage, page.Count, page.Total) { NextCursor = page.NextCursor, HasMore = page.HasMore };
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, JsonResults.WriterOptions);
        json.WriteStartObject();
        json.WritePropertyName("data");
        json.WriteRawValue(page.Records.Span, skipInputValidation: true);
        json.WritePropertyName("links");
        JsonSerializer.Serialize(json, links.Links(httpContext.Request));
        json.WritePropertyName("meta");
        JsonSerializer.Serialize(json, links.Meta(httpContext.Request));
        json.WriteEndObject();
    }
}
