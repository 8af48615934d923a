using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Millwright.Connectors.Tests.Protocols;

/// <summary>A connector's surroundings in tests.</summary>
internal static class TestRuntime
{
    /// <summary>The real clock, no spread, no log.</summary>
    public static ConnectorRuntime Real { get; } = new(TimeProvider.System, () => 0.5, NullLoggerFactory.Instance);

    /// <summary>A clock of the test's.</summary>
    public static ConnectorRuntime At(TimeProvider time) => Real with { Time = time };

    /// <summary>A log that the test reads.</summary>
    public static ConnectorRuntime LoggingTo(ILoggerFactory loggers) => Real with { Loggers = loggers };
}
