namespace Millwright.Core.Polling;

/// <summary>How this installation polls.</summary>
/// <param name="ByDefault">Whether new connections are polled without being told to.</param>
public sealed record PollingOptions(bool ByDefault = true);
