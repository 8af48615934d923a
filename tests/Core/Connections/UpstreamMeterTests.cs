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
}
