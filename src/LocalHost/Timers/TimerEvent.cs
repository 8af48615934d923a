using Microsoft.Azure.Functions.Worker;
using Millwright.LocalHost.Invocation;

namespace Millwright.LocalHost.Timers;

/// <summary>A tick.</summary>
internal sealed class TimerEvent(TimerInfo info) : TriggerEvent
{
    public override object Value => info;
}
