namespace Millwright.Bench.Webhooks.Load;

/// <summary>Where webhooks go, and the secret that signs them.</summary>
internal sealed record WebhookAddress(Uri Url, string Secret)
{
    private const string Prefix = "whsec_";

    /// <summary>The key that the secret stands for.</summary>
    public byte[] Key => Convert.FromBase64String(Secret[Prefix.Length..]);

    /// <summary>A secret for a rival, which has nobody to give it one.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(24));
}
