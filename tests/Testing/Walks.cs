using System.Text.Json;
using Millwright.Core.Connections;
using Xunit;

namespace Millwright.Testing;

/// <summary>Walks over a system's records, as polling does.</summary>
public static class Walks
{
    // More than any walk of the tests has: one that goes round in circles ends here.
    private const int MostPages = 1_000;

    /// <summary>Reads all pages.</summary>
    /// <param name="system">Whose records.</param>
    /// <param name="request">What to walk over.</param>
    /// <param name="between">What happens between two pages; it gets the keys read so far.</param>
    /// <returns>The records as they came, each as its bytes.</returns>
    public static async Task<IReadOnlyList<string>> ToEndAsync(IConnectedSystem system, ScanRequest request, Func<IReadOnlyList<string>, Task>? between = null)
    {
        var records = new List<string>();
        for (var pages = 1; pages <= MostPages; pages++)
        {
            var page = await system.ScanAsync(request, TestContext.Current.CancellationToken);
            var read = Records(page);
            Assert.InRange(read.Count, 0, request.Size);
            records.AddRange(read);
            if (page.Position is null)
            {
                return records;
            }

            Assert.InRange(page.Position.Length, 1, 2_000);
            request = request with { Position = page.Position };
            await (between?.Invoke([.. records.Select(KeyOf)]) ?? Task.CompletedTask);
        }

        throw new InvalidOperationException("The walk has no end.");
    }

    /// <summary>A page's records, each as its bytes.</summary>
    public static IReadOnlyList<string> Records(ScanPage page)
    {
        using var document = JsonDocument.Parse(page.Records);
        return [.. document.RootElement.EnumerateArray().Select(r => r.GetRawText())];
    }

    /// <summary>The key of a normalized record.</summary>
    public static string KeyOf(string record) => Member(record, "key")!;

    /// <summary>When a normalized record last changed; null where it does not say.</summary>
    public static DateTimeOffset? UpdatedAt(string record) =>
        Member(record, "updatedAt") is { } time ? DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture) : null;

    private static string? Member(string record, string name)
    {
        using var document = JsonDocument.Parse(record);
        return document.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
