using Millwright.Core.Connections;
using Polly;

namespace Millwright.Connectors.Protocols.Http;

/// <summary>
/// Tells the caller's meter of each attempt. What it waits is none of the attempt's time, and its refusal is the caller's: neither repeated
/// nor a failure of the source.
/// </summary>
internal sealed class MeterStrategy : ResilienceStrategy<UpstreamResponse>
{
    /// <inheritdoc/>
    protected override async ValueTask<Outcome<UpstreamResponse>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<UpstreamResponse>>> callback, ResilienceContext context, TState state)
    {
        try
        {
            await UpstreamMeter.BeforeRequestAsync(context.CancellationToken);
        }
        catch (Exception e)
        {
            return Outcome.FromException<UpstreamResponse>(e);
        }

        var outcome = await callback(context, state);
        if (outcome.Result?.Status == 401 && context.Properties.GetValue(UpstreamCall.Key, null!).Request.RefusalIsFinal)
        {
            // While this attempt still has its turn, so that none follows with the same credentials before it is known.
            UpstreamMeter.Refused();
        }

        return outcome;
    }
}
