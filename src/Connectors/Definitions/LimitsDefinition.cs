namespace Millwright.Connectors.Definitions;

/// <summary>How hard one connection may press its system, and how long it waits.</summary>
public sealed record LimitsDefinition
{
    /// <summary>Calls in flight at once, 1 to 64.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Seconds one attempt may take, 1 to 200.</summary>
    public int AttemptSeconds { get; init; } = 30;

    /// <summary>Seconds all attempts and pauses together may take, 1 to 220: an HTTP answer has to be out within 230 s.</summary>
    public int TotalSeconds { get; init; } = 90;

    /// <summary>Further attempts after the first for calls that may be repeated, 0 to 10.</summary>
    public int Retries { get; init; } = 3;
}
