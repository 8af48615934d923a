namespace Millwright.LocalHost.Configuration;

/// <summary>How Service Bus triggers receive.</summary>
/// <param name="AutoCompleteMessages">Whether a message is completed when its function returns.</param>
/// <param name="MaxConcurrentCalls">Messages handled at a time by a function without sessions.</param>
/// <param name="MaxConcurrentSessions">Sessions handled at a time by a function with sessions.</param>
/// <param name="MaxAutoLockRenewalDuration">How long the lock of a message is renewed while its function runs.</param>
internal sealed record ServiceBusSettings(
    bool AutoCompleteMessages,
    int MaxConcurrentCalls,
    int MaxConcurrentSessions,
    TimeSpan MaxAutoLockRenewalDuration);
