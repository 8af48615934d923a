namespace Millwright.OnAzure;

/// <summary>Where the secrets are.</summary>
/// <param name="VaultUri">The vault, such as <c>https://name.vault.azure.net</c>, reached with the registered credential.</param>
public sealed record KeyVaultOptions(Uri VaultUri);
