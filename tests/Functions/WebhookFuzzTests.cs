using System.Collections.Concurrent;
using CsCheck;
using Millwright.Functions.Tests.Fuzzing;
using Millwright.Testing.EndToEnd;

namespace Millwright.Functions.Tests;

public sealed class WebhookFuzzTests
{
    private const int Count = 10_000;
    private const uint Seed = 20261124;

    [Fact]
    public async Task No_webhook_makes_it_fail()
    {
        await using var webhooks = await IncomingWebhooks.StartAsync("sandbox-webhook-fuzz");
        var generator = new WebhookRequests(webhooks.Connection, webhooks.Secret).Any;
        var random = new PCG(1, Seed);
        var statuses = new ConcurrentDictionary<int, int>();
        var problems = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Count).Select(_ => generator.Generate(random, null, out var _)),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            async (request, token) =>
            {
                var answer = await request.SendAsync(webhooks.App.Address, token);
                statuses.AddOrUpdate(answer.Status, 1, (_, before) => before + 1);
                if (answer.Status is not (200 or (>= 400 and < 500)))
                {
                    problems.Enqueue($"{answer.Status} {answer.Text}\n{request}");
                }
            });

        Assert.True(problems.IsEmpty, $"Seed {Seed}, {problems.Count} problems\n{string.Join("\n\n", problems.Take(10))}");
        Assert.True(statuses[200] > Count / 4, "Too few webhooks were authentic.");
        Assert.True(statuses[401] > Count / 10, "Too few webhooks were refused.");
        Assert.DoesNotContain(webhooks.App.Output, line => line.Contains("ProcessWebhook", StringComparison.Ordinal) && line.Contains("failed", StringComparison.Ordinal));

        // It goes on working: what was authentic and made sense became events, the rest was parked.
        Assert.Equal(200, (await webhooks.SendAsync("msg_after", """{"type":"vendors.updated","collection":"vendors","id":"ven_1002","version":1}""")).Status);
        await webhooks.EventsAsync(1);
        await webhooks.FailuresAsync("parked", 1);
    }
}
