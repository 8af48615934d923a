using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Millwright.Bench.Webhooks.Load;

namespace Millwright.Bench.Webhooks.Targets;

/// <summary>
/// The ceiling: Kestrel with neither routing nor storage, which verifies a Standard Webhooks signature and answers 200. Nobody could run
/// it, since what it said 200 to is lost.
/// </summary>
internal sealed class KestrelRival(byte[] key)
{
    public const string Command = "kestrel-rival";
    public const string ReadyWord = "listening";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static async Task RunAsync()
    {
        var address = new WebhookAddress(
            new Uri($"http://127.0.0.1:{Environment.GetEnvironmentVariable("PORT")}"), Environment.GetEnvironmentVariable("SECRET")!);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.Url.ToString());
        await using var app = builder.Build();
        app.Run(new KestrelRival(address.Key).ReceiveAsync);
        await app.StartAsync();
        Console.WriteLine(ReadyWord);
        await app.WaitForShutdownAsync();
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        var body = new byte[http.Request.ContentLength ?? 0];
        await http.Request.Body.ReadExactlyAsync(body);
        http.Response.StatusCode = Verify(http.Request.Headers, body) ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
    }

    private bool Verify(IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        var seconds = headers["webhook-timestamp"].ToString();
        if (!long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var sent)
            || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - sent) > Tolerance.TotalSeconds)
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{seconds}."), .. body];
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, signed, expected);
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var signature in headers["webhook-signature"].ToString().Split(' '))
        {
            if (signature.StartsWith("v1,", StringComparison.Ordinal)
                && Convert.TryFromBase64Chars(signature.AsSpan(3), given, out var length)
                && CryptographicOperations.FixedTimeEquals(given[..length], expected))
            {
                return true;
            }
        }

        return false;
    }
}
