using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Millwright.Core.Storage;
using Millwright.Embedded;
using Millwright.LocalHost.Tests.Hosting;

namespace Millwright.LocalHost.Tests.ServiceBus;

/// <summary><see cref="QueueFunctions"/> run for real on the embedded queues in a file, which outlives the app.</summary>
/// <param name="path">The file.</param>
/// <param name="maxConcurrentCalls">Messages of a queue without sessions handled at a time.</param>
internal sealed class QueueApp(string path, int maxConcurrentCalls = 2) : IAsyncDisposable
{
    public static readonly TimeSpan LockDuration = TimeSpan.FromSeconds(60);

    private static readonly QueueDefinition[] Queues =
    [
        new("jobs") { LockDuration = LockDuration, MaxDeliveryCount = 2, DuplicateWindow = TimeSpan.FromMinutes(10) },
        new("failing") { LockDuration = LockDuration, MaxDeliveryCount = 5 },
        new("sessions") { LockDuration = LockDuration, RequiresSession = true },
    ];

    private readonly TestApp _app = new(typeof(QueueFunctions))
    {
        HostJson = $$"""
            {
              // Comments are allowed.
              "extensions": {
                "serviceBus": { "maxConcurrentCalls": {{maxConcurrentCalls}}, "maxConcurrentSessions": 3, "maxAutoLockRenewalDuration": "00:01:40" }
              },
              "functionTimeout": "00:10:00"
            }
            """,
        LocalSettings = """{ "Values": { "Jobs__Queue": "jobs" } }""",
    };

    public IHost Host => _app.Host;

    public Probe Probe => _app.Probe;

    public SignallingTimeProvider Time => _app.Time;

    public CollectedLogs Logs => _app.Logs;

    public ObservedReceiver Queue => (ObservedReceiver)Host.Services.GetRequiredService<IQueueReceiver>();

    public async Task<QueueApp> StartAsync(Exception? receiveFailure = null)
    {
        await _app.StartAsync(builder => builder.Services
            .AddEmbeddedStorage(new EmbeddedOptions { Path = path, Queues = Queues })
            .AddSingleton<IQueueReceiver>(services => new ObservedReceiver(services.GetRequiredService<EmbeddedStore>().Receiver, receiveFailure)));
        return this;
    }

    public Task SendAsync(string queue, string id, string body, string? session = null) =>
        SendAsync(queue, new QueueMessage(id, body) { SessionId = session });

    public Task SendAsync(string queue, QueueMessage message) =>
        Host.Services.GetRequiredService<IQueueSender>().SendAsync(queue, message, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
