using System.Collections.Concurrent;
using System.Text.Json;
using CsCheck;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Functions.Tests.Fuzzing;
using Millwright.Testing.App;

namespace Millwright.Functions.Tests;

public sealed class FuzzTests
{
    private const int Count = 8_000;
    private const uint Seed = 20261124;

    // What the server refuses before any function sees it: a malformed target, header or host, or one that is too long.
    private static readonly int[] RefusedByServer = [400, 414, 431];

    [Fact]
    public async Task No_request_makes_it_fail()
    {
        await using var app = await MillwrightApp.StartAsync();
        using var application = await ApiClient.AsApplicationAsync(app);
        using var customer = await application.ConnectAsync("sandbox", SandboxSystem.Of(app).Credentials);
        using var other = await application.ConnectAsync("sandbox", SandboxSystem.Of(app).Credentials);
        var id = (await other.GetAsync("/api/integrations/current")).Expect(200).GetProperty("data").GetProperty("id").GetString()!;
        var made = (await application.PostAsync("/api/system/webhooks", new { url = "http://127.0.0.1:1/", types = new[] { "*" } })).Expect(200);
        var endpoint = made.GetProperty("data").GetProperty("key").GetString()!;
        var generator = new Requests(EntityModel.Default, application.Token!, customer.Token!, id, endpoint, app.SandboxAddress).Any;
        var random = new PCG(1, Seed);
        var requests = Enumerable.Range(0, Count).Select(_ => generator.Generate(random, null, out var _)).ToList();

        var problems = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(requests.Index(), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (r, token) =>
        {
            try
            {
                Check(r.Item, await r.Item.SendAsync(app.Address, token));
            }
            catch (Exception e)
            {
                problems.Enqueue($"Seed {Seed}, request {r.Index}: {e.Message}\n{r.Item}");
            }
        });

        Assert.True(problems.IsEmpty, $"{problems.Count} problems\n{string.Join("\n\n", problems.Take(20))}");
        Assert.DoesNotContain(app.Output, line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Output, line => line.Any(char.IsControl));
        (await application.GetAsync("/api/health/ready")).Expect(200);
        (await customer.GetAsync("/api/erp/vendors")).Expect(200);
    }

    private static void Check(WireRequest request, WireAnswer answer)
    {
        if (answer.Text.Length == 0 && (request.Method == "HEAD" || RefusedByServer.Contains(answer.Status)))
        {
            return;
        }

        if (answer.IsJson)
        {
            using var json = JsonDocument.Parse(answer.Text);
            if (!answer.IsSuccess)
            {
                CheckError(request, answer, json.RootElement.GetProperty("error"));
            }
        }

        Assert.True(answer.IsSuccess || answer.IsJson, $"{answer.Status} is no structured error: {answer.Text}");
    }

    private static void CheckError(WireRequest request, WireAnswer answer, JsonElement error)
    {
        var code = ErrorCode.All.Single(c => c.Name == error.GetProperty("code").GetString());
        Assert.Equal(code.Status, answer.Status);
        Assert.Equal(answer.Headers["X-Request-Id"], error.GetProperty("requestId").GetString());
        Assert.DoesNotContain("X-Injected", answer.Headers.Keys);

        // Only who connects a system at a wrong address may be told that the system fails.
        Assert.True(
            answer.Status < 500 || (code.Owner == ErrorOwner.System && request is { Method: "POST" } && request.Target.StartsWith("/api/system/connections", StringComparison.Ordinal)),
            $"{answer.Status} {answer.Text}");
    }
}
