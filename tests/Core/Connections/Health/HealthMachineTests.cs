using CsCheck;
using Millwright.Core.Connections.Health;
using Millwright.Core.Errors;

namespace Millwright.Core.Tests.Connections.Health;

public sealed class HealthMachineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    // Runs of the same result, with so many seconds before each of them.
    private static readonly Gen<(char Result, int Times, int Seconds)[]> AnyCalls = Gen.Select(
        Gen.Frequency((20, Gen.Char["af"]), (2, Gen.Const('n')), (1, Gen.Const('r'))), Gen.Int[1, 6], Gen.OneOf(Gen.Const(0), Gen.Int[0, 70])).Array[0, 100];

    // a: answered, f: failed, n: neutral, r: refused for good; a digit: so many times ten seconds go by.
    [Theory]
    [InlineData("", "online")]
    [InlineData("ff", "online")]
    [InlineData("ffaff", "online")]
    [InlineData("ffnf", "degraded")]
    [InlineData("fff", "degraded")]
    [InlineData("fffff", "degraded")]
    [InlineData("ffff6", "degraded")]
    [InlineData("ffff6f", "offline")]
    [InlineData("ffff5f", "degraded")]
    [InlineData("f6ff", "degraded")]
    [InlineData("f6ffff", "offline")]
    [InlineData("ff6affff", "degraded")]
    [InlineData("fffaaa", "degraded")]
    [InlineData("fffaaa6", "degraded")]
    [InlineData("fffaaa6a", "online")]
    [InlineData("fff6aa", "degraded")]
    [InlineData("fff6aafa", "degraded")]
    [InlineData("fff6aaa", "online")]
    [InlineData("ffff6fnf9f", "offline")]
    [InlineData("ffff6fa", "degraded")]
    [InlineData("ffff6faa5a", "degraded")]
    [InlineData("ffff6faa6a", "online")]
    [InlineData("r", "reauthorization_required")]
    [InlineData("ffff6fr", "reauthorization_required")]
    [InlineData("raaa9aaafff", "reauthorization_required")]
    public void The_status_follows_from_what_calls_came_to(string calls, string status) => Assert.Equal(status, ConnectionHealth.NameOf(After(calls).Status));

    [Fact]
    public void A_change_says_when_it_was_what_it_came_of_and_which_one_it_is()
    {
        var degraded = After("f1f1f");
        var offline = After("ffff6f");
        var online = After("fff6aaa");

        Assert.Equal((Start.AddSeconds(20), 1, "SOURCE_TIMEOUT"), (degraded.Since, degraded.Sequence, degraded.Reason?.Code));
        Assert.Equal((Start, 5, 2), (offline.FailingSince, offline.ConsecutiveFailures, offline.Sequence));
        Assert.Equal((Start.AddSeconds(60), null, 0, null), (online.Since, online.Reason, online.ConsecutiveFailures, online.FailingSince));
    }

    [Theory]
    [InlineData("", 'a')]
    [InlineData("", 'n')]
    [InlineData("fffaaa", 'a')]
    [InlineData("ffff6f", 'f')]
    [InlineData("r", 'a')]
    [InlineData("r", 'f')]
    [InlineData("r", 'r')]
    public void What_says_nothing_new_changes_nothing(string calls, char last)
    {
        var known = After(calls);

        Assert.Same(known, HealthMachine.Next(known, Result(last), Start.AddHours(calls.Contains('f', StringComparison.Ordinal) ? 0 : 1)));
    }

    [Fact]
    public void The_last_error_of_each_operation_is_kept_the_latest_first()
    {
        var health = ConnectionHealth.Unknown;
        for (var n = 0; n < HealthMachine.MaxErrors + 5; n++)
        {
            health = HealthMachine.Next(health, Result('f') with { Operation = $"operation-{n}" }, Start.AddSeconds(n));
        }

        health = HealthMachine.Next(health, Result('f') with { Operation = "operation-20", Message = new string('x', 1000) }, Start.AddHours(1));

        Assert.Equal(HealthMachine.MaxErrors, health.Errors.Count);
        Assert.Equal(("operation-20", 2, HealthMachine.MessageLength), (health.Errors[0].Operation, health.Errors[0].Count, health.Errors[0].Message.Length));
        Assert.DoesNotContain(health.Errors, e => e.Operation == "operation-4");
        Assert.Distinct(health.Errors.Select(e => e.Operation));
    }

    [Fact]
    public void An_error_that_changes_nothing_is_noted_once_a_minute()
    {
        var denied = UpstreamResult.Of("vendors.list", new ApiException(ErrorCode.PermissionDenied, "No right."));
        var noted = HealthMachine.Next(ConnectionHealth.Unknown, denied, Start);

        Assert.Equal(ConnectionStatus.Online, noted.Status);
        Assert.Equal("PERMISSION_DENIED", Assert.Single(noted.Errors).Code);
        Assert.Same(noted, HealthMachine.Next(noted, denied, Start.AddSeconds(59)));
        Assert.Equal(2, HealthMachine.Next(noted, denied, Start.AddSeconds(60)).Errors[0].Count);
        Assert.Equal(2, HealthMachine.Next(noted, denied with { Operation = "vendors.get" }, Start).Errors.Count);
    }

    [Fact]
    public void New_credentials_begin_anew()
    {
        var broken = After("fffr");
        var mended = HealthMachine.Reconnected(broken, "second", Start.AddHours(1));

        Assert.Equal((ConnectionStatus.Online, broken.Sequence + 1, Start.AddHours(1), "second"), (mended.Status, mended.Sequence, mended.Since, mended.Credentials));
        Assert.Equal((null, null, 0), (mended.Reason, mended.FailingSince, mended.ConsecutiveFailures + mended.Errors.Count));
    }

    [Fact]
    public void New_credentials_of_an_online_connection_are_no_change_of_its_status()
    {
        var mended = HealthMachine.Reconnected(After("ff"), "second", Start.AddHours(1));

        Assert.Equal((0, null, 0, "second"), (mended.Sequence, mended.Since, mended.ConsecutiveFailures, mended.Credentials));
    }

    [Theory]
    [InlineData("RECORD_NOT_FOUND", UpstreamResultKind.Answered)]
    [InlineData("CONFLICT", UpstreamResultKind.Answered)]
    [InlineData("STATUS_NOT_REACHABLE", UpstreamResultKind.Answered)]
    [InlineData("SOURCE_REJECTED", UpstreamResultKind.Answered)]
    [InlineData("PERMISSION_DENIED", UpstreamResultKind.Answered)]
    [InlineData("SOURCE_ERROR", UpstreamResultKind.Failed)]
    [InlineData("SOURCE_UNREACHABLE", UpstreamResultKind.Failed)]
    [InlineData("SOURCE_UNAVAILABLE", UpstreamResultKind.Failed)]
    [InlineData("SOURCE_TIMEOUT", UpstreamResultKind.Failed)]
    [InlineData("OUTCOME_UNKNOWN", UpstreamResultKind.Failed)]
    public void An_error_says_whether_the_system_works(string code, UpstreamResultKind kind)
    {
        var error = ScriptedSystem.Error(ErrorCode.All.Single(c => c.Name == code));

        Assert.Equal(kind, UpstreamResult.Of("vendors.list", error).Kind);
    }

    [Fact]
    public void Every_other_error_says_nothing_about_the_system()
    {
        // No call ends in a mass deletion, which polling concludes from many.
        var telling = ErrorCode.All.Except([ErrorCode.MassDeletion]).Where(code => UpstreamResult.Of("vendors.list", ScriptedSystem.Error(code)).Kind != UpstreamResultKind.Neutral);
        var heldBack = new ApiException(ErrorCode.SourceUnavailable, "Too many wait.") { HeldBack = true };

        Assert.Equal(10, telling.Count());
        Assert.Equal(UpstreamResultKind.Neutral, UpstreamResult.Of("vendors.list", heldBack).Kind);
    }

    /// <summary>However calls come and whatever they come to, a status flaps at most so often, and reauthorization is left by nothing.</summary>
    [Fact]
    public void No_calls_flood_anybody_with_changes() => AnyCalls.Sample(calls =>
    {
        var health = ConnectionHealth.Unknown;
        var now = Start;
        foreach (var (result, seconds) in calls.SelectMany(run => Enumerable.Repeat((run.Result, run.Seconds), run.Times)))
        {
            now += TimeSpan.FromSeconds(seconds);
            var next = HealthMachine.Next(health, Result(result), now);
            Assert.Equal(next.Status != health.Status, next.Sequence != health.Sequence);
            Assert.True(health.Status != ConnectionStatus.ReauthorizationRequired || ReferenceEquals(next, health));
            Assert.Equal(result == 'r' || health.Status == ConnectionStatus.ReauthorizationRequired, next.Status == ConnectionStatus.ReauthorizationRequired);
            health = next;
        }

        // Away from online and offline and back to degraded takes moments; then it is a minute at least. One more for reauthorization.
        Assert.InRange(health.Sequence, 0, 4 + (4 * (long)((now - Start) / HealthMachine.RecoveryTime)));
    });

    private static ConnectionHealth After(string calls)
    {
        var health = ConnectionHealth.Unknown;
        var now = Start;
        foreach (var call in calls)
        {
            if (char.IsAsciiDigit(call))
            {
                now += TimeSpan.FromSeconds(10 * (call - '0'));
            }
            else
            {
                health = HealthMachine.Next(health, Result(call), now);
            }
        }

        return health;
    }

    private static UpstreamResult Result(char call) => call switch
    {
        'a' => UpstreamResult.Answered("purchase-orders.list"),
        'f' => UpstreamResult.Of("purchase-orders.list", ScriptedSystem.Error(ErrorCode.SourceTimeout)),
        'n' => UpstreamResult.Of("purchase-orders.list", ScriptedSystem.Error(ErrorCode.RateLimitExceeded)),
        'r' => UpstreamResult.Refused("purchase-orders.list", ScriptedSystem.Error(ErrorCode.AuthenticationFailed)),
        _ => throw new ArgumentOutOfRangeException(nameof(call)),
    };
}
