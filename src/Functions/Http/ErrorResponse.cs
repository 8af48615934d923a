using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Millwright.Core.Errors;
using Millwright.Functions.Entities;

namespace Millwright.Functions.Http;

/// <summary>Writes a failure as the documented error body.</summary>
internal static class ErrorResponse
{
    /// <summary>Writes it, unless an answer has begun: then the connection is cut, so that the caller does not take a part for the whole.</summary>
    public static async Task WriteAsync(HttpContext http, ApiException error)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = error.Code.Status;
        http.Response.ContentType = "application/json";
        if (error.Code.Status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = error.Code == ErrorCode.InvalidClient ? "Basic realm=\"millwright\"" : "Bearer";
        }

        if (error.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString();
        }

        if (error.IdempotencyKey is { } key)
        {
            http.Response.Headers[EntityEndpoint.IdempotencyHeader] = key;
        }

        await using (var json = new Utf8JsonWriter(http.Response.BodyWriter, JsonResults.WriterOptions))
        {
            Write(json, error, http.TraceIdentifier);
        }

        await http.Response.CompleteAsync();
    }

    private static void Write(Utf8JsonWriter json, ApiException error, string requestId)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("code", error.Code.Name);
        json.WriteString("type", error.Code.Type);
        json.WriteString("message", error.Message);
        json.WriteString("requestId", requestId);
        if (error.Details.Count > 0)
        {
            json.WriteStartArray("details");
            foreach (var detail in error.Details)
            {
                json.WriteStartObject();
                json.WriteString("field", detail.Field);
                json.WriteString("message", detail.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
