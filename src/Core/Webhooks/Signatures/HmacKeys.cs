using System.Text;

namespace Millwright.Core.Webhooks.Signatures;

/// <summary>Makes keys of secrets.</summary>
internal static class HmacKeys
{
    /// <summary>The key, or null where the secret has none: it is not of the scheme's form, or the key would be empty, under which anybody can sign.</summary>
    public static byte[]? Of(HmacScheme scheme, string secret)
    {
        var text = secret.StartsWith(scheme.SecretPrefix, StringComparison.Ordinal) ? secret[scheme.SecretPrefix.Length..] : secret;
        try
        {
            var key = scheme.SecretEncoding switch
            {
                SecretEncoding.Base64 => Convert.FromBase64String(text),
                SecretEncoding.Hex => Convert.FromHexString(text),
                _ => Encoding.UTF8.GetBytes(text),
            };
            return key.Length > 0 ? key : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
