namespace Millwright.LocalHost.Hosting;

/// <summary>Calls one function whenever its trigger fires.</summary>
internal interface ITriggerListener
{
    /// <summary>Runs until stopped and drained. Failures are handled inside; nothing is thrown.</summary>
    Task RunAsync(Drain drain);
}
