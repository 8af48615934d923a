using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The function is called on a schedule; the parameter is a <see cref="TimerInfo"/>.</summary>
/// <param name="schedule">A cron expression of six fields (seconds first) or five, a time span such as <c>00:05:00</c>, or <c>%Setting%</c>. UTC.</param>
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    /// <summary>When the function is called.</summary>
    public string Schedule { get; private set; } = schedule;

    /// <summary>Whether the schedule's state is kept, so that a run that fell into a time when the app was down is made up for.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Whether the function is also called when the app starts.</summary>
    public bool RunOnStartup { get; set; }
}
