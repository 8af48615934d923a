using System.Text.Json;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Protocols.Http;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>Turns a source's refusal into the catalogue's errors, with its own words and the unified names of its fields.</summary>
internal static class RestError
{
    private const int LongestMessage = 500;

    /// <summary>The error of an answer that is not 2xx.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="safety">Whether the request may have changed something.</param>
    /// <param name="settings">Where the body has what.</param>
    /// <param name="entity">What the request was about; null for the proof of credentials.</param>
    public static ApiException From(UpstreamResponse response, RequestSafety safety, RestErrorSettings settings, EntityPlan? entity)
    {
        // Words of the source's reach a caller only where it refuses a caller's data: not with its failures, which may show its insides.
        var plain = UpstreamFailure.From(response, safety);
        if (response.Status is >= 500 or 401 or < 400 || !TryParse(response.Body, out var document))
        {
            return plain;
        }

        using (document)
        {
            var body = document.RootElement;
            var code = Text(At(body, settings.Code)) is { } own && settings.Codes.TryGetValue(own, out var name)
                ? ErrorCode.All.Single(c => c.Name == name)
                : plain.Code;
            return new ApiException(code, Text(At(body, settings.Message)) is { Length: > 0 } words ? Shorten(words) : plain.Message)
            {
                RetryAfter = plain.RetryAfter,
                OutcomeUnknown = plain.OutcomeUnknown,
                Details = [.. Fields(body, settings, entity), .. State(body, settings, entity)],
            };
        }
    }

    private static IEnumerable<ErrorDetail> Fields(JsonElement body, RestErrorSettings settings, EntityPlan? entity) =>
        At(body, settings.Fields) is { ValueKind: JsonValueKind.Object } fields
            ? fields.EnumerateObject().Select(f => new ErrorDetail(Unified(f.Name, entity), Shorten(Text(f.Value) ?? "is refused")))
            : [];

    private static IEnumerable<ErrorDetail> State(JsonElement body, RestErrorSettings settings, EntityPlan? entity)
    {
        if (Text(At(body, settings.State)) is not { } state || entity?.Definition.Status is not { } status || !entity.Records.TryGetField(status.Field, out var field))
        {
            return [];
        }

        var key = field.Definition.Map?.FirstOrDefault(m => m.Value.All.Any(v => v.ToString() == state)).Key ?? state;
        return [new ErrorDetail(status.Field, $"is '{key}'")];
    }

    // "lines[0].qty" is "lineItems[0].quantity" to the caller. A name that is not mapped stays as it is.
    private static string Unified(string source, EntityPlan? entity)
    {
        var bracket = source.IndexOf('[', StringComparison.Ordinal);
        var end = source.IndexOf("].", StringComparison.Ordinal);
        if (bracket > 0 && end > bracket)
        {
            var list = entity?.Bodies.Fields.FirstOrDefault(f => f.Items is not null && f.Path == source[..bracket]);
            return list is null ? source : $"{list.Name}{source[bracket..(end + 2)]}{Unified(source[(end + 2)..], list.Items!.Fields, "")}";
        }

        return Unified(source, entity?.Bodies.Fields ?? [], "");
    }

    private static string Unified(string source, IEnumerable<FieldPlan> fields, string prefix) =>
        Find(source, fields, prefix) ?? source;

    private static string? Find(string source, IEnumerable<FieldPlan> fields, string prefix) =>
        fields.Select(f => f.Children.Count > 0 ? Find(source, f.Children, $"{prefix}{f.Name}.") : f.Path == source ? prefix + f.Name : null).FirstOrDefault(n => n is not null);

    private static JsonElement? At(JsonElement element, string? path)
    {
        if (path is null)
        {
            return null;
        }

        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }

    private static string? Text(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static string Shorten(string text) => text.Length <= LongestMessage ? text : string.Concat(text.AsSpan(0, LongestMessage), "…");

    private static bool TryParse(ReadOnlyMemory<byte> body, out JsonDocument document)
    {
        try
        {
            document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            // A page for people, or nothing: the status says what there is to say.
            document = null!;
            return false;
        }
    }
}
