using System.Globalization;
using System.Security.Cryptography;

namespace Millwright.Core.Webhooks.Signatures;

/// <summary>Verifies an <see cref="HmacScheme"/>.</summary>
internal static class HmacVerifier
{
    // 9999-12-31 has twelve; more would only be a way to overflow.
    private const int MaxTimestampDigits = 12;

    public static SignatureResult Verify(HmacScheme scheme, WebhookRequest request, IReadOnlyList<string> secrets, DateTimeOffset now)
    {
        var keys = secrets.Select(s => HmacKeys.Of(scheme, s)).OfType<byte[]>().ToArray();
        if (keys.Length == 0)
        {
            return SignatureResult.Rejected(SignatureRejection.NoSecret);
        }

        if (TryRead(scheme, request, out var signatures, out var values) is { } cause)
        {
            return SignatureResult.Rejected(cause);
        }

        // All keys against all signatures, whichever match, so that the time it takes tells nothing.
        var matches = false;
        foreach (var key in keys)
        {
            var expected = HmacDigest.Compute(scheme, key, values);
            foreach (var signature in signatures)
            {
                matches |= CryptographicOperations.FixedTimeEquals(expected, signature);
            }
        }

        return !matches ? SignatureResult.Rejected(SignatureRejection.Wrong) : Age(scheme, values, now);
    }

    private static SignatureRejection? TryRead(HmacScheme scheme, WebhookRequest request, out IReadOnlyList<byte[]> signatures, out SignedValues values)
    {
        signatures = [];
        values = default;
        if (ReadHeader(request, scheme.Header, out var header) is { } noHeader)
        {
            return noHeader;
        }

        var items = scheme.Separator is { } separator ? header.Split(separator, StringSplitOptions.TrimEntries) : [header];
        signatures = [.. WithPrefix(items, scheme.Prefix).Select(i => HmacDigest.Decode(scheme, i)).OfType<byte[]>()];
        if (signatures.Count == 0)
        {
            return SignatureRejection.Malformed;
        }

        string? id = null;
        if (scheme.Content.Contains(SignedPart.Id) && ReadHeader(request, scheme.IdHeader, out id) is { } noId)
        {
            return noId;
        }

        string? timestamp = null;
        if (scheme.Content.Contains(SignedPart.Timestamp) && ReadTimestamp(scheme, request, items, out timestamp) is { } noTimestamp)
        {
            return noTimestamp;
        }

        values = new SignedValues(request.Body, request.Uri, id, timestamp);
        return null;
    }

    private static SignatureRejection? ReadTimestamp(HmacScheme scheme, WebhookRequest request, string[] items, out string timestamp)
    {
        if (scheme.TimestampPrefix is not { } prefix)
        {
            return ReadHeader(request, scheme.TimestampHeader, out timestamp) ?? CheckDigits(timestamp);
        }

        var found = WithPrefix(items, prefix).ToArray();
        timestamp = found is [var only] ? only : "";
        return found.Length == 0 ? SignatureRejection.Missing : CheckDigits(timestamp);
    }

    private static SignatureRejection? CheckDigits(string timestamp) =>
        timestamp.Length is > 0 and <= MaxTimestampDigits && timestamp.All(char.IsAsciiDigit) ? null : SignatureRejection.Malformed;

    private static SignatureRejection? ReadHeader(WebhookRequest request, string? name, out string value)
    {
        value = (name is null ? null : request.Header(name)) ?? "";
        return value.Length > 0 ? null
            : name is not null && request.Headers.GetValueOrDefault(name)?.Count > 1 ? SignatureRejection.Malformed
            : SignatureRejection.Missing;
    }

    private static IEnumerable<string> WithPrefix(string[] items, string prefix) =>
        items.Where(i => i.StartsWith(prefix, StringComparison.Ordinal)).Select(i => i[prefix.Length..]);

    // Only of a right signature, so that these causes count clocks and replays, not guesses.
    private static SignatureResult Age(HmacScheme scheme, in SignedValues values, DateTimeOffset now)
    {
        if (values.Timestamp is null)
        {
            return SignatureResult.Valid;
        }

        var seconds = long.Parse(values.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture);
        var age = now.ToUnixTimeSeconds() - seconds;
        var tolerance = (long)scheme.Tolerance.TotalSeconds;
        return age > tolerance ? SignatureResult.Rejected(SignatureRejection.Stale)
            : age < -tolerance ? SignatureResult.Rejected(SignatureRejection.Future)
            : SignatureResult.Valid;
    }
}
