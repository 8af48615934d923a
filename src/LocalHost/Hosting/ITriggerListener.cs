namespace Millwright.LocalHost.Hosting;

/// <summary>Calls one function whenever its trigger fires.</summary>
internal interface ITriggerListener
{
    /// <summary>Runs until stopped and drained. Failures of calls and of what delivers them are handled inside; what is thrown is a defect.</summary>
    Task RunAsync(Drain drain);
}
