using System.Text;
using Millwright.Core.Connections.Access;
using Millwright.Core.Errors;
using Millwright.Core.Storage;

namespace Millwright.Core.Connections;

/// <summary>Checks credentials before they are stored: their form, then with the live system.</summary>
internal static class CredentialChecks
{
    /// <summary>Checks the form of credentials.</summary>
    /// <returns>The connector that they are for.</returns>
    /// <exception cref="ApiException"><c>VALIDATION_FAILED</c> names every field that is wrong.</exception>
    public static IConnector Check(IConnectorCatalogue connectors, string provider, IReadOnlyDictionary<string, string> credentials)
    {
        var connector = connectors.Find(provider)
            ?? throw new ApiException(ErrorCode.ValidationFailed, $"There is no provider '{provider}'.")
            {
                Details = [new ErrorDetail("provider", "One of: " + string.Join(", ", connectors.All.Select(c => c.Platform.Provider)))],
            };

        var fields = connector.Platform.Credentials;
        ErrorDetail[] problems =
        [
            .. fields.Where(f => f.Required && string.IsNullOrEmpty(credentials.GetValueOrDefault(f.Name)))
                .Select(f => new ErrorDetail($"credentials.{f.Name}", $"{f.Label} is required.")),
            .. credentials.Keys.Where(name => fields.All(f => f.Name != name))
                .Select(name => new ErrorDetail($"credentials.{name}", $"{connector.Platform.Name} has no such credential.")),
            .. fields.Where(f => f.Kind == CredentialKind.Url && credentials.GetValueOrDefault(f.Name) is { Length: > 0 } url && !IsWebAddress(url))
                .Select(f => new ErrorDetail($"credentials.{f.Name}", $"{f.Label} must be an http or https address without spaces, user, query or fragment.")),
            .. Encoding.UTF8.GetByteCount(ConnectedSystems.Serialize(credentials)) > VaultLimits.SecretBytes
                ? [new ErrorDetail("credentials", $"At most {VaultLimits.SecretBytes} bytes in all.")]
                : Array.Empty<ErrorDetail>(),
        ];
        return problems.Length == 0
            ? connector
            : throw new ApiException(ErrorCode.ValidationFailed, "The credentials are incomplete or have a wrong form.") { Details = problems };
    }

    /// <summary>Proves the credentials against the live system.</summary>
    /// <returns>The access token that the proof obtained; null where it needed none. It may be the only one that can be refreshed from then on.</returns>
    /// <exception cref="ApiException"><c>AUTHENTICATION_FAILED</c>, or what kept the system from answering.</exception>
    public static async Task<AccessToken?> ProveAsync(IConnector connector, IReadOnlyDictionary<string, string> credentials, CancellationToken cancellationToken)
    {
        var tokens = new MemoryAccessTokens();
        await using var system = connector.Open(credentials, tokens);
        await system.ProveAsync(cancellationToken);
        return tokens.Token;
    }

    // The parser overlooks spaces around an address and a query or fragment that is empty; the paths that are put behind it do not.
    private static bool IsWebAddress(string text) =>
        !text.Any(c => char.IsWhiteSpace(c) || c is '?' or '#')
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0;
}
