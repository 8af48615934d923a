using System.Diagnostics;
using Millwright.Core.Errors;
using Millwright.Core.Telemetry;
using Millwright.Core.Tests.Bench;
using Millwright.Core.Tests.Webhooks.Bench;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Webhooks;

public sealed class WebhookTraceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Processing_goes_on_with_the_trace_of_the_call_that_brought_the_webhook(bool retried)
    {
        var started = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source == MillwrightTelemetry.Activities,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity =>
            {
                lock (started)
                {
                    started.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var bench = await WebhookBench.ConnectAsync();
        bench.Source.Change("PO-1");
        string trace;
        string span;
        using (var call = new Activity("POST").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            (trace, span) = (call.TraceId.ToHexString(), call.SpanId.ToHexString());
            await bench.ReceiveAsync(new SourceWebhook("PO-1"));
        }

        bench.Source.Failure = () => retried ? new ApiException(ErrorCode.SourceError, "It failed.") : null;
        await bench.ProcessAsync(bench.Queue.Waiting.Single());
        bench.Source.Failure = () => null;
        await bench.DrainAsync();

        // Other tests process webhooks at the same time.
        var own = started.Where(a => a.TraceId.ToHexString() == trace).ToList();
        Assert.Equal(retried ? 2 : 1, own.Count);
        Assert.All(own, a => Assert.Equal(("process webhook", ActivityKind.Consumer, span), (a.OperationName, a.Kind, a.ParentSpanId.ToHexString())));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no trace")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-00")]
    public async Task A_webhook_with_no_trace_or_an_odd_one_is_processed(string? trace)
    {
        await using var bench = await WebhookBench.ConnectAsync();
        bench.Source.Change("PO-1");
        var message = await bench.ReceiveAsync(new SourceWebhook("PO-1"));

        await bench.ProcessAsync((WebhookEnvelope.FromJson(message.Body) with { TraceParent = trace }).ToMessage(null));

        Assert.Equal("Applied", await bench.OutcomeOfAsync(message));
    }
}
