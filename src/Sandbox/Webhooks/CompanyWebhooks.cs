using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Millwright.Sandbox.Faults;
using Millwright.Sandbox.Records;

namespace Millwright.Sandbox.Webhooks;

/// <summary>The webhooks of one company: whom they go to, what is queued, and what sends it.</summary>
/// <param name="company">The company's name in the database.</param>
/// <param name="gate">The company's.</param>
/// <param name="database">Takes each change together with its webhook.</param>
/// <param name="http">Reaches the targets.</param>
/// <param name="faults">Happen to what is sent.</param>
/// <param name="options">Gives the clock, the ids and the log.</param>
internal sealed class CompanyWebhooks(
    string company, Lock gate, RecordDatabase database, HttpClient http, FaultSwitches faults, SandboxOptions options) : IAsyncDisposable
{
    private readonly WebhookStats _stats = new();
    private CancellationTokenSource _stop = new();
    private WebhookSender? _sender;
    private Task _running = Task.CompletedTask;

    public WebhookTarget? Target { get; private set; }

    /// <summary>Goes on sending to the target that the database holds, if any.</summary>
    public void Resume() => Start(database.Outbox.TargetOf(company));

    /// <summary>Sends to this target from now on, at once what waits for the one before. The caller holds the gate.</summary>
    public void Subscribe(WebhookTarget target)
    {
        database.Outbox.SetTarget(company, target);
        Start(target);
    }

    /// <summary>Sends nothing any more, not even what waits. The caller holds the gate.</summary>
    public void Unsubscribe()
    {
        _stats.Count(WebhookCount.Dropped, database.Outbox.RemoveTarget(company));
        Start(null);
    }

    /// <summary>Writes a change through, with the webhook that tells of it if there is a target. The caller holds the gate.</summary>
    public void Write(Change change)
    {
        if (Target is null)
        {
            database.Write(company, change.Row, null);
            return;
        }

        database.Write(company, change.Row, MessageOf(change, Target));
        _stats.Count(WebhookCount.Queued);
        _sender?.Wake();
    }

    public JsonObject ShowStats()
    {
        lock (gate)
        {
            var shown = _stats.Show();
            shown["waiting"] = database.Outbox.Count(company);
            return shown;
        }
    }

    public void ResetStats() => _stats.Reset();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private WebhookMessage MessageOf(Change change, WebhookTarget target)
    {
        Span<byte> id = stackalloc byte[16];
        options.Random.GetBytes(id);
        var json = target.CarriesRecord && change.Kind != Change.Deleted ? change.Record.Json : null;
        return new WebhookMessage(
            "msg_" + Convert.ToHexStringLower(id), change.Kind, change.Record.Collection.Name, change.Record.Id, change.At, json);
    }

    private void Start(WebhookTarget? target)
    {
        Target = target;
        var stopped = _stop;
        _ = stopped.CancelAsync();
        _stop = new CancellationTokenSource();
        _sender = target is null ? null : new WebhookSender(
            company, gate, database.Outbox, new WebhookPost(target, http, options.TimeProvider), faults, _stats,
            options.TimeProvider, options.LoggerFactory.CreateLogger<WebhookSender>());
        var (sender, previous, token) = (_sender, _running, _stop.Token);
        _running = sender is null ? previous : Task.Run(() => sender.RunAsync(previous, token), CancellationToken.None);
    }
}
