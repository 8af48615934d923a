using Millwright.Core.Events;

namespace Millwright.Core.Tests.Events;

/// <summary>An event log that keeps what is appended.</summary>
public sealed class RecordedEvents : IEventLog
{
    /// <summary>What was appended, repetitions included.</summary>
    public List<FeedEvent> Appended { get; } = [];

    public Task AppendAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        Appended.Add(happened);
        return Task.CompletedTask;
    }
}
