using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Millwright.Core.Telemetry;

/// <summary>Where Millwright's measurements and traces come from. Add both by the name <see cref="Name"/> to an OpenTelemetry exporter.</summary>
public static class MillwrightTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Millwright";

    /// <summary>The measurements.</summary>
    public static readonly Meter Meter = new(Name);

    /// <summary>The traces.</summary>
    public static readonly ActivitySource Activities = new(Name);
}
