namespace Microsoft.Azure.Functions.Worker;

/// <summary>A schedule's state. Times are UTC.</summary>
public class ScheduleStatus
{
    /// <summary>The last occurrence that was run; the default value before the first.</summary>
    public DateTime Last { get; set; }

    /// <summary>The next occurrence.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this state was written.</summary>
    public DateTime LastUpdated { get; set; }
}
