using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Millwright.LocalHost.Configuration;
using Millwright.LocalHost.Hosting;
using Millwright.LocalHost.Invocation;

namespace Millwright.LocalHost.Timers;

/// <summary>A schedule and how it is kept.</summary>
/// <param name="Expression">The schedule as written, settings resolved.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="UseMonitor">Whether its state is kept, so that a missed run is made up for.</param>
/// <param name="RunOnStartup">Whether it also fires when the app starts.</param>
internal sealed record ScheduleTrigger(string Expression, Schedule Schedule, bool UseMonitor, bool RunOnStartup) : Trigger
{
    public override string Type => "timerTrigger";

    public static ScheduleTrigger? Read(
        TimerTriggerAttribute attribute, string function, ParameterInfo parameter, SettingNames names, StartupErrors errors)
    {
        if (parameter.ParameterType != typeof(TimerInfo))
        {
            errors.Add(function, $"a timer gives a {nameof(TimerInfo)}, not {parameter.ParameterType.Name}.");
            return null;
        }

        if (names.Resolve(attribute.Schedule, out var missing) is not { } expression)
        {
            errors.Add(function, $"there is no setting '{missing}' for the schedule '{attribute.Schedule}'.");
            return null;
        }

        if (Schedule.Parse(expression, out var problem) is not { } schedule)
        {
            errors.Add(function, $"schedule '{expression}' is malformed: {problem}.");
            return null;
        }

        return new ScheduleTrigger(expression, schedule, attribute.UseMonitor, attribute.RunOnStartup);
    }
}
