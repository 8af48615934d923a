namespace Microsoft.Azure.Functions.Worker;

/// <summary>A timer's call.</summary>
public class TimerInfo
{
    /// <summary>The schedule's state before this call; null where the trigger's <c>UseMonitor</c> is false.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether this call is later than the schedule wanted, because the app was down then.</summary>
    public bool IsPastDue { get; set; }
}
