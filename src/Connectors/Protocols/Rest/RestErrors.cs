using System.Text.Json;
using Millwright.Connectors.Protocols.Http;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Connections.Access;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>Turns a source's refusal into the catalogue's errors, with its own words and the unified names of its fields.</summary>
/// <param name="settings">Where the body has what.</param>
/// <param name="secrets">What may not be in a message, even if the source repeats it.</param>
internal sealed class RestErrors(RestErrorSettings settings, IReadOnlyList<string> secrets)
{
    private const int LongestMessage = 500;

    /// <summary>The error of an answer that is not 2xx.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="token">The access token that the request carried, which may not be in a message either.</param>
    public ApiException From(UpstreamResponse response, RestRequest request, AccessToken? token)
    {
        var plain = UpstreamFailure.From(response, request.Safety);
        if (plain.Code == ErrorCode.RecordNotFound && !request.NamesRecord)
        {
            return new ApiException(ErrorCode.SourceError, "What answers at the system's address has no such path: check the server address.");
        }

        // Words of the source's reach a caller only where it refuses a caller's data: not with its failures, which may show its insides.
        if (response.Status is < 400 or 401 or 429 or >= 500 || !TryParse(response.Body, out var document))
        {
            return plain;
        }

        using (document)
        {
            var body = document.RootElement;
            var code = Text(At(body, settings.Code)) is { } own && settings.Codes.TryGetValue(own, out var name)
                ? ErrorCode.All.Single(c => c.Name == name)
                : plain.Code;
            return new ApiException(code, Text(At(body, settings.Message)) is { Length: > 0 } words ? Clean(words, token) : plain.Message)
            {
                RetryAfter = plain.RetryAfter,
                OutcomeUnknown = plain.OutcomeUnknown,
                Details = [.. Fields(body, request.Entity, token), .. State(body, request.Entity)],
            };
        }
    }

    private IEnumerable<ErrorDetail> Fields(JsonElement body, EntityPlan? entity, AccessToken? token) =>
        At(body, settings.Fields) is { ValueKind: JsonValueKind.Object } fields
            ? fields.EnumerateObject().Select(f => new ErrorDetail(RestFieldNames.Unified(f.Name, entity), Clean(Text(f.Value) ?? "is refused", token)))
            : [];

    private IEnumerable<ErrorDetail> State(JsonElement body, EntityPlan? entity)
    {
        if (Text(At(body, settings.State)) is not { } state
            || entity?.Definition.Status is not { } status
            || !entity.Records.TryGetField(status.Field, out var field))
        {
            return [];
        }

        var key = field.Definition.Map?.FirstOrDefault(m => m.Value.All.Any(v => v.ToString() == state)).Key ?? state;
        return [new ErrorDetail(status.Field, $"is '{key}'")];
    }

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

    private string Clean(string words, AccessToken? token)
    {
        var text = secrets.Concat(token?.Secrets() ?? []).Aggregate(words.ReplaceLineEndings(" "), (t, secret) => t.Replace(secret, "…", StringComparison.Ordinal));
        return text.Length <= LongestMessage ? text : string.Concat(text.AsSpan(0, LongestMessage), "…");
    }

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
