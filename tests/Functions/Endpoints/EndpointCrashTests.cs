using Millwright.Testing.App;

namespace Millwright.Functions.Tests.Endpoints;

public sealed class EndpointCrashTests
{
    [Fact]
    public async Task An_event_whose_answer_was_lost_in_a_crash_comes_again_under_the_same_id()
    {
        await using var receiver = await EventReceiver.StartAsync();
        receiver.Answer = http => Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        await using var app = await MillwrightApp.StartAsync();
        using var application = await ApiClient.AsApplicationAsync(app);
        var made = (await application.PostAsync("/api/system/webhooks", new { url = receiver.Address, types = new[] { "*" } })).Expect(200).GetProperty("data");
        (await application.PostAsync($"/api/system/webhooks/{made.GetProperty("key").GetString()}/test", new { type = "vendors.updated" })).Expect(200);
        var first = await receiver.NextAsync();

        await app.KillAsync();
        receiver.Answer = _ => Task.CompletedTask;
        await app.StartAsync();

        var second = await receiver.NextAsync();
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(1, second.SignaturesOf(made.GetProperty("secret").GetString()!));
    }

    [Fact]
    public async Task Outside_of_Development_no_private_address_is_called()
    {
        await using var app = await MillwrightApp.StartAsync(("Webhooks__AllowPrivateEndpoints", "false"));
        using var application = await ApiClient.AsApplicationAsync(app);

        foreach (var url in (string[])["http://example.com/", "https://localhost/", "https://127.0.0.1/", "https://169.254.169.254/latest"])
        {
            (await application.PostAsync("/api/system/webhooks", new { url, types = new[] { "*" } })).ExpectError(422, "VALIDATION_FAILED");
        }
    }
}
