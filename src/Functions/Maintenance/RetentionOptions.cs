using Microsoft.Extensions.Configuration;

namespace Millwright.Functions.Maintenance;

/// <summary>How long what is past is kept. Whole months go, so that a day's rows stay up to a month longer.</summary>
internal sealed class RetentionOptions(IConfiguration configuration)
{
    // The change feed promises this much to whoever reads it.
    private const int LeastEventDays = 30;

    /// <summary>Setting <c>Retention__ProcessedDays</c>: the ids of processed webhooks; 30 by default.</summary>
    public TimeSpan Processed => Days("ProcessedDays", 30, 1);

    /// <summary>Setting <c>Retention__FailureDays</c>: webhooks that could not be processed; 90 by default.</summary>
    public TimeSpan Failures => Days("FailureDays", 90, 1);

    /// <summary>Setting <c>Retention__EventDays</c>: the change feed; 30 by default, and at least.</summary>
    public TimeSpan Events => Days("EventDays", LeastEventDays, LeastEventDays);

    /// <summary>Setting <c>Retention__DeliveryDays</c>: what was sent to endpoints; 30 by default.</summary>
    public TimeSpan Deliveries => Days("DeliveryDays", 30, 1);

    private TimeSpan Days(string name, int fallback, int least) => configuration.GetValue<int?>($"Retention:{name}") switch
    {
        null => TimeSpan.FromDays(fallback),
        { } days when days >= least => TimeSpan.FromDays(days),
        { } days => throw new InvalidOperationException($"Setting Retention__{name} is {days}; it must be {least} or more."),
    };
}
