using System.Text.Json;
using Millwright.Connectors.Protocols.Http;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>Turns Tryton's refusals into the catalogue's errors.</summary>
/// <remarks>An error in a 200 answer means that Tryton rolled its transaction back: nothing was written.</remarks>
internal static class TrytonError
{
    private const int LongestMessage = 500;

    // What Tryton's server sends no Retry-After for: its window for wrong logins is five minutes.
    private static readonly TimeSpan LoginPause = TimeSpan.FromMinutes(1);

    /// <summary>The error of an answer <c>[type, arguments]</c>.</summary>
    public static ApiException From(ReadOnlyMemory<byte> error)
    {
        using var document = JsonDocument.Parse(error);
        var root = document.RootElement;
        var isPair = root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == 2;
        var type = isPair ? Text(root[0]) : "";
        var arguments = isPair ? root[1] : default;
        return type switch
        {
            // [message, description, domain]: the domain may be tens of KB of conditions and says nothing to a person.
            "UserError" => new ApiException(ErrorCode.SourceRejected, Sentence(Argument(arguments, 0), Argument(arguments, 1))),

            // [name, message, description]: the desktop client asks "are you sure?" here. We never answer for a person.
            "UserWarning" => new ApiException(
                ErrorCode.SourceRejected, $"Tryton asks for a confirmation that only its own client can give: {Sentence(Argument(arguments, 1), Argument(arguments, 2))}"),
            "ConcurrencyException" => new ApiException(ErrorCode.Conflict, "The record was changed in Tryton at the same time. Read it again."),
            "LoginException" => new ApiException(ErrorCode.AuthenticationFailed, "Tryton asks this user for more than a password to log in. Use a user without a second factor."),
            _ => new ApiException(ErrorCode.SourceError, $"Tryton failed: {Sentence(isPair ? type : "its answer holds an error of an unknown form", "")}"),
        };
    }

    /// <summary>The error of an answer that is not 200.</summary>
    public static ApiException From(UpstreamResponse response, RequestSafety safety) => response.Status switch
    {
        401 => new ApiException(ErrorCode.AuthenticationFailed, "Tryton refuses the user name or password."),
        403 => new ApiException(ErrorCode.PermissionDenied, "Tryton does not let this user do this: its groups lack the access right, or the module is not installed."),
        404 => new ApiException(ErrorCode.AuthenticationFailed, "There is no such Tryton database: check the server address and the database name."),
        429 when safety == RequestSafety.Once => new ApiException(ErrorCode.RateLimitExceeded, "Tryton refuses this user's logins for a while after too many wrong tries.")
        {
            RetryAfter = response.RetryAfter ?? LoginPause,
        },
        _ => UpstreamFailure.From(response, safety),
    };

    /// <summary>The error of an answer that is 200 and no Tryton answer.</summary>
    public static ApiException NotTryton(RequestSafety safety) =>
        new(ErrorCode.SourceError, "What answered is not a Tryton server, or something between changed its answer: check the server address.")
        {
            OutcomeUnknown = safety == RequestSafety.Write,
        };

    private static string Argument(JsonElement arguments, int index) => arguments.ValueKind switch
    {
        JsonValueKind.Array when index < arguments.GetArrayLength() => Text(arguments[index]),
        JsonValueKind.String when index == 0 => Text(arguments),
        _ => "",
    };

    private static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : "";

    private static string Sentence(string message, string description)
    {
        var text = string.Join(' ', new[] { message, description }.Where(t => t.Length > 0)).ReplaceLineEndings(" ");
        return text.Length <= LongestMessage ? text : string.Concat(text.AsSpan(0, LongestMessage), "…");
    }
}
