using Microsoft.Extensions.Logging;

namespace Millwright.Connectors;

/// <summary>What connectors take from their host.</summary>
/// <param name="Time">The clock of timeouts, pauses and sessions.</param>
/// <param name="Jitter">A number from 0 up to 1, to spread retries.</param>
/// <param name="Loggers">Where connectors log.</param>
internal sealed record ConnectorRuntime(TimeProvider Time, Func<double> Jitter, ILoggerFactory Loggers);
