using System.Globalization;
using Millwright.Core.Events;

namespace Millwright.Core.Tests.Events;

/// <summary>What an endpoint got.</summary>
public sealed record ReceivedEvent(Uri Url, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Whether the standard signature is that of exactly these secrets, in this order.</summary>
    public bool IsSignedWith(params string[] secrets) => Headers["webhook-signature"] == EventSignature.Standard(
        Headers["webhook-id"], DateTimeOffset.FromUnixTimeSeconds(long.Parse(Headers["webhook-timestamp"], CultureInfo.InvariantCulture)), Body, secrets);
}
