using Millwright.Bench.Webhooks.Load;

namespace Millwright.Bench.Webhooks.Targets;

/// <summary>Sees to it that a receiver does the work that it is measured at: one that took any signature would be quick for nothing.</summary>
internal static class Preflight
{
    /// <exception cref="InvalidOperationException">It refuses a right signature, or takes a wrong one.</exception>
    public static async Task CheckAsync(WebhookAddress address)
    {
        using var connection = new LoadConnection(address.Url);
        await ExpectAsync(connection, address, 200);
        await ExpectAsync(connection, address with { Secret = WebhookAddress.NewSecret() }, 401);
    }

    private static async Task ExpectAsync(LoadConnection connection, WebhookAddress address, int expected)
    {
        using var writer = new WebhookSource(address, carriesRecord: true).NewWriter();
        if (await connection.SendAsync(writer.Write(), CancellationToken.None) is var status && status != expected)
        {
            throw new InvalidOperationException($"{address.Url} answered {status} instead of {expected}.");
        }
    }
}
