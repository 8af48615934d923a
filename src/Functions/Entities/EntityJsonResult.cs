using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Millwright.Core.Entities;
using Millwright.Functions.Http;

namespace Millwright.Functions.Entities;

/// <summary>Puts normalized JSON into the answer's envelope without parsing it again.</summary>
internal sealed class EntityJsonResult(EntityAnswer answer) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter, JsonResults.WriterOptions);
        json.WriteStartObject();
        json.WritePropertyName("data");
        if (answer.Result.Data.IsEmpty)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteRawValue(answer.Result.Data.Span, skipInputValidation: true);
        }

        if (answer.Query is { } query)
        {
            var page = new PageLinks(query.Cursor is null ? query.Page : null, query.PerPage, answer.Result.Count, answer.Result.Total)
            {
                NextCursor = answer.Result.NextCursor,
                HasMore = answer.Result.HasMore,
            };
            json.WritePropertyName("links");
            JsonSerializer.Serialize(json, page.Links(httpContext.Request));
            json.WritePropertyName("meta");
            JsonSerializer.Serialize(json, page.Meta(httpContext.Request));
        }

        json.WriteEndObject();
    }
}
