using Millwright.Connectors.Definitions;
using Millwright.Core.Connections;

namespace Millwright.Connectors.Protocols.OAuth;

/// <summary>What an <c>oauth</c> section has to obey beside its form.</summary>
internal static class OAuthChecks
{
    /// <summary>What is wrong, a sentence each.</summary>
    public static IReadOnlyList<string> Problems(OAuthSettings settings, IReadOnlyList<CredentialDefinition> credentials)
    {
        var problems = new List<string>();
        Check((settings.Path is null) != (settings.Address is null), "needs either 'path' or 'address'.");
        Check(
            settings.Grant != OAuthGrant.ClientCredentials || (settings.ClientSecret is not null && settings.RefreshToken is null),
            "needs 'clientSecret' and takes no 'refreshToken' where the grant is client-credentials.");
        Check(settings.Grant != OAuthGrant.RefreshToken || settings.RefreshToken is not null, "needs 'refreshToken' where the grant is refresh-token.");
        Check(
            settings.ClientSecret is not null || settings.ClientAuthentication == OAuthClientAuthentication.Form,
            "needs 'clientSecret' where the client's authentication is basic.");
        Credential("address", settings.Address, CredentialKind.Url);
        Credential("clientId", settings.ClientId, null);
        Credential("clientSecret", settings.ClientSecret, CredentialKind.Secret);
        Credential("refreshToken", settings.RefreshToken, CredentialKind.Secret);
        return problems;

        void Check(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add($"'oauth' {problem}");
            }
        }

        // A secret that is not declared as one would be shown, and is not taken out of messages.
        void Credential(string setting, string? name, CredentialKind? kind) => Check(
            name is null || credentials.Any(c => c.Name == name && !c.Optional && (kind is null || c.Kind == kind)),
            $"needs a required credential{(kind is null ? "" : $" of the kind {kind.Value.ToString().ToLowerInvariant()}")} as its '{setting}', which '{name}' is not.");
    }
}
