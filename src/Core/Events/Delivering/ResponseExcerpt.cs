using System.Text;

namespace Millwright.Core.Events.Delivering;

/// <summary>The beginning of an answer's body, for people who look for what went wrong.</summary>
internal static class ResponseExcerpt
{
    /// <summary>Bytes of an excerpt in UTF-8.</summary>
    public const int MaxBytes = 1024;

    // Read beyond the excerpt, so that a secret at its edge is recognized whole.
    private const int Margin = 256;

    /// <summary>The excerpt; null for an empty body.</summary>
    /// <param name="content">The answer's content.</param>
    /// <param name="secrets">Texts that must not be in it: an endpoint may answer with what it was sent.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<string?> ReadAsync(HttpContent content, IEnumerable<string> secrets, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBytes + Margin];
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Of(buffer.AsSpan(0, length), secrets);
    }

    /// <summary>The excerpt of these bytes.</summary>
    public static string? Of(ReadOnlySpan<byte> body, IEnumerable<string> secrets)
    {
        var text = secrets.Aggregate(Encoding.UTF8.GetString(body), (t, secret) => t.Replace(secret, "***", StringComparison.Ordinal));
        var excerpt = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // Control characters could disturb whoever looks at it in a terminal.
            var shown = Rune.IsControl(rune) ? new Rune(' ') : rune;
            bytes += shown.Utf8SequenceLength;
            if (bytes > MaxBytes)
            {
                break;
            }

            excerpt.Append(shown);
        }

        return excerpt.Length == 0 ? null : excerpt.ToString();
    }
}
