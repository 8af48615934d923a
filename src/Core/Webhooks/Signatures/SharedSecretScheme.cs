namespace Millwright.Core.Webhooks.Signatures;

/// <summary>
/// No signature: the secret itself comes along. Proves that the sender knows it, not that the body is the sender's; for systems that have
/// nothing better, over HTTPS only.
/// </summary>
/// <param name="Place">Where it is.</param>
/// <param name="Name">The header's or query parameter's name.</param>
public sealed record SharedSecretScheme(SecretPlace Place, string Name) : SignatureScheme
{
    /// <summary>What stands before it, such as <c>Bearer </c> in an Authorization header.</summary>
    public string Prefix { get; init; } = "";
}
