using System.Text.Json.Nodes;

namespace Millwright.Sandbox.OAuth;

/// <summary>What the token endpoint answers where it issues none: the form of RFC 6749.</summary>
internal static class TokenRefusal
{
    public static Http.RefusalException Of(int status, string error, string description) => new(status, error, description)
    {
        Body = new JsonObject { ["error"] = error, ["error_description"] = description },
    };
}
