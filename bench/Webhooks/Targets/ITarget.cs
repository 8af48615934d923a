using Millwright.Bench.Webhooks.Load;

namespace Millwright.Bench.Webhooks.Targets;

/// <summary>A running receiver of webhooks. Disposing it ends its processes and deletes its data.</summary>
internal interface ITarget : IAsyncDisposable
{
    WebhookAddress Address { get; }

    /// <summary>The processes that do its work.</summary>
    IReadOnlyList<int> Processes { get; }
}
