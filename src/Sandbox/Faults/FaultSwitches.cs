using System.Text.Json.Nodes;
using Millwright.Sandbox.Http;
using Millwright.Sandbox.Records;
using Millwright.Sandbox.Schema;
using static Millwright.Sandbox.Schema.Fields;

namespace Millwright.Sandbox.Faults;

/// <summary>
/// The faults a company has ordered: delays, refusals, answers that get lost or held after the write was done, and webhooks that go astray.
/// </summary>
/// <param name="time">Measures the delays.</param>
/// <param name="random">Draws which webhooks a fault happens to.</param>
/// <param name="stopping">Ends all waiting when the server stops.</param>
internal sealed class FaultSwitches(TimeProvider time, Random random, CancellationToken stopping)
{
    private static readonly Field[] Switches =
    [
        Amount("latency_ms").Or("0") with { Max = 300_000 },
        Group("rate_limit", Amount("next").Or("0"), Amount("retry_after").Or("1") with { Max = 86_400 }),
        Group("errors", Amount("next").Or("0"), Amount("status").Or("500") with { Min = 400, Max = 599 }),
        Group("drop_answers", Amount("next").Or("0")),
        Flag("hold_answers").Or("false"),
        Amount("token_seconds").Or("3600") with { Min = 1, Max = 86_400 },
        Group(
            "webhooks", Amount("delay_ms").Or("0") with { Max = 300_000 },
            OfNext("duplicate", Amount("copies").Or("1") with { Max = 100 }), OfNext("reorder"), OfNext("drop"), OfNext("bad_signature")),
    ];

    private readonly Lock _gate = new();
    private JsonObject _state = Default();
    private TaskCompletionSource? _held;

    /// <summary>The lifetime of access tokens that are issued from now on.</summary>
    public int TokenSeconds
    {
        get
        {
            lock (_gate)
            {
                return (int)Number(_state, "token_seconds");
            }
        }
    }

    public JsonObject Show()
    {
        lock (_gate)
        {
            return _state.DeepClone().AsObject();
        }
    }

    /// <summary>Sets the switches that are named.</summary>
    /// <exception cref="RefusalException">A switch is unknown or has a bad value; nothing has changed.</exception>
    public void Set(JsonObject given)
    {
        lock (_gate)
        {
            var draft = new Draft((_, _) => null);
            var state = draft.Build(Switches, given, _state);
            if (draft.Errors.Count > 0)
            {
                throw RefusalException.Invalid(draft.Errors);
            }

            Become(state);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            Become(Default());
        }
    }

    /// <summary>What happens to a request before it is handled.</summary>
    /// <exception cref="RefusalException">The request is refused by a switch.</exception>
    public async Task BeforeAsync(CancellationToken cancellationToken)
    {
        TimeSpan delay;
        lock (_gate)
        {
            delay = TimeSpan.FromMilliseconds((double)Number(_state, "latency_ms"));
        }

        if (delay > TimeSpan.Zero)
        {
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
            await Task.Delay(delay, time, cut.Token);
        }

        lock (_gate)
        {
            if (TakeNext(_state, "rate_limit") is { } limit)
            {
                throw new RefusalException(429, "rate_limited", "Too many requests.") { RetryAfter = (int)Number(limit, "retry_after") };
            }

            if (TakeNext(_state, "errors") is { } error)
            {
                throw new RefusalException((int)Number(error, "status"), "internal_error", "Something went wrong.");
            }
        }
    }

    /// <summary>What happens to the answer of a write that was done.</summary>
    /// <returns>False if the answer must not be sent.</returns>
    public async Task<bool> AfterWriteAsync(CancellationToken cancellationToken)
    {
        Task? held;
        lock (_gate)
        {
            if (TakeNext(_state, "drop_answers") is not null)
            {
                return false;
            }

            held = _held?.Task;
        }

        if (held is not null)
        {
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
            await held.WaitAsync(cut.Token);
        }

        return true;
    }

    /// <summary>What happens to the next webhook. One that is dropped uses up no other switch.</summary>
    /// <param name="mayReorder">False for one that overtakes another already.</param>
    public WebhookFault OfNextWebhook(bool mayReorder)
    {
        lock (_gate)
        {
            var switches = _state["webhooks"]!;
            var fault = new WebhookFault(TimeSpan.FromMilliseconds((double)Number(switches, "delay_ms")));
            return Draw(switches, "drop") is not null ? fault with { Drop = true } : fault with
            {
                Reorder = mayReorder && Draw(switches, "reorder") is not null,
                Forge = Draw(switches, "bad_signature") is not null,
                Copies = Draw(switches, "duplicate") is { } duplicate ? (int)Number(duplicate, "copies") : 0,
            };
        }
    }

    /// <summary>A switch for the next webhooks, each of which it happens to with a chance.</summary>
    private static Field OfNext(string name, params Field[] more) =>
        Group(name, [Amount("next").Or("0"), Amount("chance").Or("1") with { Max = 1 }, .. more]);

    private static JsonObject Default() => new Draft((_, _) => null).Build(Switches, []);

    private static decimal Number(JsonNode node, string name) => node[name]?.GetValue<decimal>() ?? 0;

    private void Become(JsonObject state)
    {
        _state = state;
        if (state["hold_answers"]?.GetValue<bool>() == true)
        {
            _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        else
        {
            _held?.SetResult();
            _held = null;
        }
    }

    /// <summary>Counts a switch down.</summary>
    /// <returns>The switch, or null if it is off.</returns>
    private static JsonNode? TakeNext(JsonNode switches, string name)
    {
        var limited = switches[name]!;
        var next = Number(limited, "next");
        if (next < 1)
        {
            return null;
        }

        limited["next"] = next - 1;
        return limited;
    }

    private JsonNode? Draw(JsonNode switches, string name) =>
        TakeNext(switches, name) is { } limited && random.NextDouble() < (double)Number(limited, "chance") ? limited : null;
}
