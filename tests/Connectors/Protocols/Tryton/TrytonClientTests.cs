using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Connectors.Protocols.Http;
using Millwright.Connectors.Protocols.Tryton;
using Millwright.Core.Connections;
using Millwright.Core.Errors;
using Millwright.Testing;

namespace Millwright.Connectors.Tests.Protocols.Tryton;

public sealed class TrytonClientTests
{
    private static readonly TrytonCall Search = TrytonCall.Read("party.party", "search", [new JsonArray(), 0, 1, null]);
    private static readonly TrytonCall Create = TrytonCall.Write("party.party", "create", [new JsonArray()]);

    [Fact]
    public async Task Many_calls_at_once_share_one_login()
    {
        await using var tryton = await FakeTryton.StartAsync();
        using var client = Client(tryton);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.CallAsync(Search, TestContext.Current.CancellationToken)));

        Assert.Equal(1, tryton.Calls["common.db.login"]);
        Assert.Equal(50, tryton.Calls["model.party.party.search"]);
    }

    [Fact]
    public async Task Every_call_carries_the_users_preferences_as_its_context_and_its_own_words_win()
    {
        await using var tryton = await FakeTryton.StartAsync();
        using var client = Client(tryton);

        await client.CallAsync(Search with { Context = new() { ["language"] = "de", ["locations"] = new JsonArray(3) } }, TestContext.Current.CancellationToken);

        using var body = JsonDocument.Parse(tryton.Bodies.Last());
        Assert.Equal("""{"company":1,"language":"de","locations":[3]}""", body.RootElement.GetProperty("params")[4].GetRawText());
    }

    [Fact]
    public async Task A_storm_of_refused_sessions_leads_to_one_new_login_and_every_call_succeeds()
    {
        await using var tryton = await FakeTryton.StartAsync();
        using var client = Client(tryton);
        await client.CallAsync(Search, TestContext.Current.CancellationToken);
        tryton.ForgetSessions();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.CallAsync(Create, TestContext.Current.CancellationToken)));

        Assert.Equal(2, tryton.Calls["common.db.login"]);
    }

    [Fact]
    public async Task A_session_that_is_refused_right_after_the_login_is_renewed_exactly_once()
    {
        await using var tryton = await FakeTryton.StartAsync();
        tryton.Answer = async (context, method) =>
        {
            if (method != "model.party.party.search")
            {
                return false;
            }

            await FakeTryton.Status(context, 401, "");
            return true;
        };
        using var client = Client(tryton);

        var error = await Failure(client, Search);

        Assert.Equal(ErrorCode.AuthenticationFailed, error.Code);
        Assert.Equal(2, tryton.Calls["common.db.login"]);
        Assert.Equal(2, tryton.Calls["model.party.party.search"]);
    }

    [Fact]
    public async Task A_wrong_password_fails_the_call_and_is_not_tried_again_for_a_while()
    {
        await using var tryton = await FakeTryton.StartAsync();
        var time = new WatchedTime();
        using var client = Client(tryton, "wrong-horse-Secret", time);

        var errors = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Failure(client, Search)));
        var later = await Failure(client, Search);

        Assert.All(errors.Append(later), e => Assert.Equal(ErrorCode.AuthenticationFailed, e.Code));
        Assert.Equal(1, tryton.Calls["common.db.login"]);
        time.Advance(TrytonSessions.RefusalMemory);
        await Failure(client, Search);
        Assert.Equal(2, tryton.Calls["common.db.login"]);
    }

    [Fact]
    public async Task A_login_that_its_callers_meter_refuses_is_begun_again_by_those_who_waited_for_it()
    {
        await using var tryton = await FakeTryton.StartAsync();
        using var client = Client(tryton);
        var (begun, held) = (new TaskCompletionSource(), new TaskCompletionSource());
        var refusal = new ApiException(ErrorCode.AuthenticationFailed, "Enough for today.");
        Task<ApiException> refused;
        using (UpstreamMeter.Use(async _ =>
        {
            begun.TrySetResult();
            await held.Task;
            throw refusal;
        }))
        {
            refused = Failure(client, Search);
        }

        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        var metered = 0;
        Task[] others;
        using (UpstreamMeter.Use(_ =>
        {
            Interlocked.Increment(ref metered);
            return ValueTask.CompletedTask;
        }))
        {
            others = [.. Enumerable.Range(0, 20).Select(_ => client.CallAsync(Search, TestContext.Current.CancellationToken))];
        }

        held.SetResult();

        await Task.WhenAll(others);
        Assert.Same(refusal, await refused);
        Assert.Equal(1, tryton.Calls["common.db.login"]);
        Assert.Equal(tryton.Calls.Values.Sum(), metered);
    }

    [Fact]
    public async Task A_user_that_is_locked_out_is_told_to_wait_and_the_login_is_not_repeated()
    {
        await using var tryton = await FakeTryton.StartAsync();
        tryton.Answer = async (context, _) =>
        {
            await FakeTryton.Status(context, 429, "<title>429 Too Many Requests</title>");
            return true;
        };
        using var client = Client(tryton);

        var error = await Failure(client, Search);

        Assert.Equal(ErrorCode.RateLimitExceeded, error.Code);
        Assert.NotNull(error.RetryAfter);
        Assert.Equal(1, tryton.Calls["common.db.login"]);
    }

    [Theory]
    [InlineData(403, "PERMISSION_DENIED")]
    [InlineData(404, "AUTHENTICATION_FAILED")]
    [InlineData(500, "SOURCE_ERROR")]
    [InlineData(302, "SOURCE_ERROR")]
    public async Task A_page_instead_of_an_answer_becomes_a_code(int status, string code)
    {
        await using var tryton = await FakeTryton.StartAsync();
        Script(tryton, "model.party.party.create", context => FakeTryton.Status(context, status, "<!doctype html><title>oops</title>"));
        using var client = Client(tryton);

        var error = await Failure(client, Create);

        Assert.Equal(code, error.Code.Name);
        Assert.Equal(status == 500, error.OutcomeUnknown);
        Assert.DoesNotContain("doctype", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["UserError",["The code on party must be unique.","",null]]""", "SOURCE_REJECTED", "The code on party must be unique.")]
    [InlineData("""["UserError",["To delete purchase \"1\" you must cancel it.","Cancel first.",null]]""", "SOURCE_REJECTED", "you must cancel it. Cancel first.")]
    [InlineData("""["UserWarning",["party_1","Are you sure?","It has orders.",null]]""", "SOURCE_REJECTED", "Are you sure? It has orders.")]
    [InlineData("""["ConcurrencyException","Records were modified in the meanwhile"]""", "CONFLICT", "Read it again")]
    [InlineData("""["LoginException",["password","Password for api","password"]]""", "AUTHENTICATION_FAILED", "more than a password")]
    [InlineData("""["'no.such'",""]""", "SOURCE_ERROR", "'no.such'")]
    [InlineData("""["Missing search function for field \"Total\" in \"Purchase\".",""]""", "SOURCE_ERROR", "Missing search function")]
    [InlineData("""{"something":"else"}""", "SOURCE_ERROR", "unknown form")]
    [InlineData("""null""", "SOURCE_ERROR", "unknown form")]
    [InlineData("""[]""", "SOURCE_ERROR", "unknown form")]
    [InlineData("""["UserError",[]]""", "SOURCE_REJECTED", "")]
    public async Task Each_of_Trytons_refusals_becomes_a_code_and_means_that_nothing_was_written(string answer, string code, string words)
    {
        await using var tryton = await FakeTryton.StartAsync();
        Script(tryton, "model.party.party.create", context => FakeTryton.Error(context, answer));
        using var client = Client(tryton);

        var error = await Failure(client, Create);

        Assert.Equal(code, error.Code.Name);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.False(error.OutcomeUnknown);
    }

    [Fact]
    public async Task The_tens_of_kilobytes_of_a_domain_error_never_reach_the_message()
    {
        await using var tryton = await FakeTryton.StartAsync();
        var domain = string.Concat(Enumerable.Repeat("[\\\"state\\\",\\\"=\\\",\\\"draft\\\"],", 2000));
        Script(tryton, "model.party.party.create", context => FakeTryton.Error(
            context, $$"""["UserError",["The value for field \"Party\" is not valid.\n{{new string('x', 3000)}}","","[{{domain}}]"]]"""));
        using var client = Client(tryton);

        var error = await Failure(client, Create);

        Assert.StartsWith("The value for field \"Party\" is not valid.", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1, 501);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>a proxy's login page</html>")]
    [InlineData("[1,2]")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":1,"result":[{"id":1""")]
    public async Task An_answer_that_is_not_Trytons_is_a_source_error_and_leaves_a_writes_outcome_open(string body)
    {
        await using var tryton = await FakeTryton.StartAsync();
        Script(tryton, "model.party.party.create", context => FakeTryton.Status(context, 200, body));
        using var client = Client(tryton);

        var error = await Failure(client, Create);

        Assert.Equal(ErrorCode.SourceError, error.Code);
        Assert.True(error.OutcomeUnknown);
    }

    [Fact]
    public async Task A_connection_that_drops_is_tried_again_for_a_read_and_left_open_for_a_write()
    {
        await using var tryton = await FakeTryton.StartAsync();
        using var client = Client(tryton);
        await client.ProveAsync(TestContext.Current.CancellationToken);
        Script(tryton, "model.party.party.create", Drop);
        Script(tryton, "model.party.party.search", Drop, only: 1);

        var error = await Failure(client, Create);
        var found = await client.CallAsync(Search, TestContext.Current.CancellationToken);

        Assert.True(error.OutcomeUnknown);
        Assert.Equal(1, tryton.Calls["model.party.party.create"]);
        Assert.Equal("[]", Encoding.UTF8.GetString(found.Span));
        Assert.Equal(2, tryton.Calls["model.party.party.search"]);

        static Task Drop(HttpContext context)
        {
            context.Abort();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task No_credential_reaches_an_exception()
    {
        await using var tryton = await FakeTryton.StartAsync();
        using var client = Client(tryton, "wrong-horse-Secret");

        var text = (await Failure(client, Search)).ToString();

        Assert.DoesNotContain("wrong-horse-Secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeTryton.Login, text, StringComparison.Ordinal);
    }

    private static TrytonClient Client(FakeTryton tryton, string password = FakeTryton.Password, TimeProvider? time = null)
    {
        var runtime = TestRuntime.At(time ?? TimeProvider.System);
        var http = new UpstreamClient(new UpstreamLimits(4, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90), 1), runtime, NullLogger.Instance);
        return new TrytonClient(http, new TrytonCredentials(tryton.Endpoint, FakeTryton.Login, password), runtime.Time);
    }

    private static Task<ApiException> Failure(TrytonClient client, TrytonCall call) =>
        Assert.ThrowsAsync<ApiException>(() => client.CallAsync(call, TestContext.Current.CancellationToken));

    private static void Script(FakeTryton tryton, string method, RequestDelegate answer, int only = int.MaxValue)
    {
        var before = tryton.Answer;
        var left = only;
        tryton.Answer = async (context, called) =>
        {
            if (called != method || Interlocked.Decrement(ref left) < 0)
            {
                return await before(context, called);
            }

            await answer(context);
            return true;
        };
    }
}
