using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Azure.Core.Diagnostics;

namespace Millwright.OnAzure.Tests.Loopback;

/// <summary>Everything that the Azure SDK logs, at its most talkative.</summary>
internal sealed class SdkLog : IDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly AzureEventSourceListener _listener;

    public SdkLog() => _listener = new AzureEventSourceListener((e, message) => _lines.Enqueue($"{e.EventName}: {message}"), EventLevel.Verbose);

    public string Text => string.Join('\n', _lines);

    public void Dispose() => _listener.Dispose();
}
