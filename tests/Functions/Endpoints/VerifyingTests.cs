using System.Security.Cryptography;
using System.Text;
using Millwright.Testing.App;

namespace Millwright.Functions.Tests.Endpoints;

/// <summary>What docs/events.md tells a receiver to do, done.</summary>
public sealed class VerifyingTests
{
    private const string Begin = "        // The lines in docs/events.md.\n";

    [Fact]
    public async Task The_documented_lines_verify_an_event_and_are_the_documented_ones()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await MillwrightApp.StartAsync();
        using var application = await ApiClient.AsApplicationAsync(app);
        var made = (await application.PostAsync("/api/system/webhooks", new { url = receiver.Address, types = new[] { "*" } })).Expect(200).GetProperty("data");
        (await application.PostAsync($"/api/system/webhooks/{made.GetProperty("key").GetString()}/test", new { type = "vendors.updated" })).Expect(200);
        var (headers, rawBody) = await receiver.NextAsync();
        var secret = made.GetProperty("secret").GetString()!;

        // The lines in docs/events.md.
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}."), .. rawBody];
        var expected = Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
        var isOurs = headers["webhook-signature"].Split(' ').Any(s => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(s), expected));
        var isFresh = Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(headers["webhook-timestamp"])) < 300;

        Assert.True(isOurs);
        Assert.True(isFresh);
        var source = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "tests", "Functions", "Endpoints", "VerifyingTests.cs"));
        var lines = source[(source.LastIndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..].Split("\n\n")[0];
        Assert.Contains(
            $"```csharp\n{lines.Replace("        ", "", StringComparison.Ordinal)}\n```",
            await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "events.md")),
            StringComparison.Ordinal);
    }
}
