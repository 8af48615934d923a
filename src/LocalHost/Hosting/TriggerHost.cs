using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Millwright.Core.Storage;
using Millwright.LocalHost.Configuration;
using Millwright.LocalHost.Invocation;
using Millwright.LocalHost.ServiceBus;
using Millwright.LocalHost.Timers;

namespace Millwright.LocalHost.Hosting;

/// <summary>Runs the listeners of queues and timers from the moment the app has started until it has drained.</summary>
internal sealed class TriggerHost(
    FunctionSet functions,
    HostSettings settings,
    FunctionRunner runner,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    IOptions<HostOptions> options,
    TimeProvider time,
    ILoggerFactory loggers)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cancelCalls = new();
    private readonly CancellationTokenSource _abandonCalls = new();
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var listeners = functions.All.Select(Listener).OfType<ITriggerListener>().ToList();
        var drain = new Drain(_stopping.Token, _cancelCalls.Token, _abandonCalls.Token);
        lifetime.ApplicationStarted.Register(
            () => _running = Task.WhenAll(listeners.Select(l => Task.Run(() => ListenAsync(l, drain), CancellationToken.None))));
        lifetime.ApplicationStopping.Register(_stopping.Cancel);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await using var grace = time.CreateTimer(
            _ => _cancelCalls.Cancel(), null, options.Value.ShutdownTimeout / 2, Timeout.InfiniteTimeSpan);
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_running.IsCompleted)
        {
            await _cancelCalls.CancelAsync();
            await _abandonCalls.CancelAsync();
            await _running.WaitAsync(LastWords, CancellationToken.None);
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _cancelCalls.Dispose();
        _abandonCalls.Dispose();
    }

    private async Task ListenAsync(ITriggerListener listener, Drain drain)
    {
        try
        {
            await listener.RunAsync(drain);
        }
        catch (Exception e)
        {
            // A function that is silently never called again would be worse than a host that stops.
            loggers.CreateLogger<TriggerHost>().LogCritical(e, "A trigger failed for good; the host stops.");
            lifetime.StopApplication();
        }
    }

    private ITriggerListener? Listener(LocalFunction function)
    {
        var logger = loggers.CreateLogger(function.LogCategory);
        return function.Trigger switch
        {
            QueueTrigger queue => new QueueListener(
                function, queue, settings.ServiceBus, services.GetRequiredService<IQueueReceiver>(), runner, time, logger),
            ScheduleTrigger schedule => new TimerListener(
                function, schedule, new ScheduleMonitor(function.Name, schedule, services.GetService<ITableStore>(), time, logger), runner, time, logger),
            _ => null,
        };
    }
}
