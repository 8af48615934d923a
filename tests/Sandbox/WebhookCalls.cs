using System.Net;
using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Tests;

/// <summary>What tests of webhooks ask of the sandbox.</summary>
internal static class WebhookCalls
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static Task<JsonObject> SubscribeAsync(this SandboxClient client, WebhookReceiver receiver, string body = "thin") =>
        client.ExpectAsync(HttpStatusCode.OK, "PUT", "_webhooks", new { url = receiver.Url, secret = Secret, body });

    public static async Task<JsonObject> WebhookStatsAsync(this SandboxClient client) => (await client.GetAsync("_stats"))["webhooks"]!.AsObject();

    /// <summary>Ends when nothing waits any more.</summary>
    public static async Task DrainAsync(this SandboxClient client)
    {
        while ((int)(await client.WebhookStatsAsync())["waiting"]! > 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
