using System.Globalization;
using Millwright.Testing.App;
using Xunit;

namespace Millwright.Testing.EndToEnd;

/// <summary>
/// Millwright is killed, as by a power cut, between the connected system's creating a purchase order and the answer; the client sends
/// the same request again with the same key. Oracle: the connected system itself has exactly one order a key.
/// </summary>
public abstract class LostAnswerSuite
{
    private const int Kills = 100;

    /// <summary>The system under test.</summary>
    protected abstract SystemUnderTest SystemOf(MillwrightApp app);

    /// <summary>Whether a request to the system creates a purchase order.</summary>
    protected abstract bool CreatesOrder(string methodAndPath, string body);

    /// <summary>How many purchase orders with this title the system says it has, asked without Millwright.</summary>
    protected abstract Task<int> CountInSystemAsync(MillwrightApp app, string title);

    [Fact]
    public async Task A_kill_between_the_write_and_its_answer_leaves_one_order_a_key()
    {
        await using var app = await MillwrightApp.StartAsync();
        var system = SystemOf(app);
        await using var proxy = await HoldingProxy.StartAsync(new Uri(system.Credentials["url"]));
        using var application = await ApiClient.AsApplicationAsync(app);
        using var customer = await application.ConnectAsync(system.Provider, system.At(proxy.Address).Credentials);
        var run = Guid.NewGuid().ToString("N")[..8];
        var titles = Enumerable.Range(0, Kills).Select(i => $"Kill {run} {i.ToString(CultureInfo.InvariantCulture)}").ToList();

        foreach (var title in titles)
        {
            var body = await Orders.BodyAsync(customer, title);
            var held = proxy.HoldNext(CreatesOrder);
            var lost = customer.PostAsync(Orders.Path, body, idempotencyKey: title.Replace(' ', '-'));
            await Task.WhenAny(held, lost);
            Assert.True(held.IsCompletedSuccessfully, "The order was answered before its creation was held.");

            await app.KillAsync();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => lost);
            await app.StartAsync();

            (await customer.PostAsync(Orders.Path, body, idempotencyKey: title.Replace(' ', '-'))).Expect(200);
        }

        foreach (var title in titles)
        {
            Assert.Equal(1, await CountInSystemAsync(app, title));
        }
    }
}
