using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Millwright.Functions.Http;

/// <summary>Answers of the system routes, whose names the public contract spells in snake_case.</summary>
internal static class JsonResults
{
    /// <summary>Text as it is: the answers are JSON by their Content-Type, never part of a page, so nothing but JSON's own escapes is needed.</summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary><c>{"data": …}</c>.</summary>
    public static IResult Data(object data) => Results.Json(new { data }, Options);

    /// <summary>The value as it is.</summary>
    public static IResult Plain(object value) => Results.Json(value, Options);

    /// <summary>A page of <c>{"data": …, "links": …, "meta": …}</c>.</summary>
    public static IResult Page(HttpRequest request, object data, PageLinks page) => Results.Json(
        new { data, links = page.Links(request), meta = page.Meta(request) }, Options);
}
