using Millwright.Core.Connections;

namespace Millwright.Core.Tests.Connections;

public sealed class UpstreamMeterTests
{
    [Fact]
    public async Task All_who_want_to_know_of_a_request_are_told_the_innermost_first_unless_it_is_nobodys()
    {
        List<string> told = [];
        using (Tell("outer"))
        {
            using (Tell("inner"))
            {
                await UpstreamMeter.BeforeRequestAsync(TestContext.Current.CancellationToken);
            }

            await UpstreamMeter.BeforeRequestAsync(TestContext.Current.CancellationToken);
        }

        using (Tell("nobody"))
        using (UpstreamMeter.Suppress())
        {
            await UpstreamMeter.BeforeRequestAsync(TestContext.Current.CancellationToken);
        }

        await UpstreamMeter.BeforeRequestAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["inner", "outer", "outer"], told);

        IDisposable Tell(string name) => UpstreamMeter.Use(_ =>
        {
            told.Add(name);
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_flow_around_the_callers_however_deep_it_comes_up()
    {
        List<string> told = [];
        using var outer = UpstreamMeter.Use(_ => Tell("outer"), () => told.Add("outer refused"));
        using var inner = UpstreamMeter.Use(_ => Tell("inner"), () => _ = UpstreamMeter.BeforeRequestAsync(TestContext.Current.CancellationToken).AsTask());
        using var watch = UpstreamMeter.Watch(() => { });

        UpstreamMeter.Refused();
        Assert.Equal(["outer", "outer refused"], told);

        await UpstreamMeter.BeforeRequestAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["outer", "outer refused", "inner", "outer"], told);

        ValueTask Tell(string name)
        {
            told.Add(name);
            return ValueTask.CompletedTask;
        }
    }
}
