using System.Net;
using System.Text.Json.Nodes;

namespace Millwright.Sandbox.Tests;

public sealed class FaultTests(SandboxFixture fixture)
{
    [Fact]
    public async Task All_switches_are_off_at_first()
    {
        using var client = fixture.NewCompany();
        const string Off = """
            {"latency_ms":0,"rate_limit":{"next":0,"retry_after":1},"errors":{"next":0,"status":500},"drop_answers":{"next":0},"hold_answers":false,"token_seconds":3600,
             "webhooks":{"delay_ms":0,"duplicate":{"next":0,"chance":1,"copies":1},"reorder":{"next":0,"chance":1},"drop":{"next":0,"chance":1},
             "bad_signature":{"next":0,"chance":1}}}
            """;
        Assert.Equal(JsonNode.Parse(Off)!.ToJsonString(), (await client.GetAsync("_faults")).ToJsonString());
    }

    [Fact]
    public async Task The_next_requests_are_rate_limited_and_the_one_after_is_not()
    {
        using var client = fixture.NewCompany();
        await SetAsync(client, new { rate_limit = new { next = 2, retry_after = 7 } });
        using (var response = await client.SendAsync("GET", "vendors"))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
            Assert.Equal("7", Assert.Single(response.Headers.GetValues("Retry-After")));
        }

        await client.RefusedAsync(HttpStatusCode.TooManyRequests, "rate_limited", "GET", "vendors");
        await client.GetAsync("vendors");
    }

    [Fact]
    public async Task The_next_requests_fail_with_the_ordered_status_and_write_nothing()
    {
        using var client = fixture.NewCompany();
        await SetAsync(client, new { errors = new { next = 1, status = 503 } });
        await client.RefusedAsync(HttpStatusCode.ServiceUnavailable, "internal_error", "POST", "vendors", new { name = "Lost" });
        Assert.Empty(await client.ItemsAsync("vendors?name=Lost"));
    }

    [Fact]
    public async Task A_dropped_answer_leaves_the_write_done()
    {
        using var client = fixture.NewCompany();
        await SetAsync(client, new { drop_answers = new { next = 1 } });
        await Assert.ThrowsAsync<HttpRequestException>(() => client.CreateOrderAsync("DROPPED"));
        Assert.Single(await client.ItemsAsync("purchase-orders?external_ref=DROPPED"));
        await client.CreateOrderAsync("KEPT");
    }

    [Fact]
    public async Task Only_writes_that_succeed_use_dropped_answers_up()
    {
        using var client = fixture.NewCompany();
        await SetAsync(client, new { drop_answers = new { next = 1 } });
        await client.GetAsync("vendors");
        await client.RefusedAsync(HttpStatusCode.UnprocessableEntity, "validation_failed", "POST", "vendors", new { });
        Assert.Equal(1, (int?)(await client.GetAsync("_faults"))["drop_answers"]!["next"]);
    }

    [Fact]
    public async Task A_held_answer_comes_when_the_switch_is_turned_off()
    {
        using var client = fixture.NewCompany();
        await SetAsync(client, new { hold_answers = true });
        var creation = client.CreateOrderAsync("HELD");
        while ((await client.ItemsAsync("purchase-orders?external_ref=HELD")).Count == 0)
        {
            Assert.False(creation.IsCompleted);
        }

        Assert.False(creation.IsCompleted);
        await SetAsync(client, new { hold_answers = false });
        Assert.Equal("HELD", (string?)(await creation)["external_ref"]);
    }

    [Fact]
    public async Task Stopping_the_server_cuts_held_answers_off()
    {
        var server = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server.BaseAddress, "sandbox-1");
        await SetAsync(client, new { hold_answers = true });
        var creation = client.CreateOrderAsync("HELD");
        while ((await client.ItemsAsync("purchase-orders?external_ref=HELD")).Count == 0)
        {
            Assert.False(creation.IsCompleted);
        }

        await server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => creation);
    }

    [Fact]
    public async Task Latency_holds_a_request_until_its_time_has_passed()
    {
        await using var slow = new SandboxFixture();
        await slow.InitializeAsync();
        using var client = slow.NewCompany();
        await SetAsync(client, new { latency_ms = 60_000 });
        var start = slow.Time.GetUtcNow();
        var request = client.GetAsync("vendors");
        while (!request.IsCompleted)
        {
            // Each look at the counters gives the waiting request the time to reach its timer.
            await client.GetAsync("_stats");
            slow.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await request;
        Assert.True(slow.Time.GetUtcNow() - start >= TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Faults_of_one_company_leave_others_alone()
    {
        using var faulty = fixture.NewCompany();
        using var other = fixture.NewCompany();
        await SetAsync(faulty, new { errors = new { next = 100 } });
        await other.GetAsync("vendors");
    }

    [Fact]
    public async Task Setting_one_switch_leaves_the_others_and_clearing_turns_all_off()
    {
        using var client = fixture.NewCompany();
        await SetAsync(client, new { errors = new { next = 3 } });
        await SetAsync(client, new { drop_answers = new { next = 2 } });
        Assert.Equal(3, (int?)(await client.GetAsync("_faults"))["errors"]!["next"]);
        await client.ExpectAsync(HttpStatusCode.NoContent, "DELETE", "_faults");
        Assert.Equal(0, (int?)(await client.GetAsync("_faults"))["errors"]!["next"]);
    }

    [Theory]
    [InlineData("""{"speed":1}""", "speed")]
    [InlineData("""{"errors":{"next":1,"status":200}}""", "errors.status")]
    [InlineData("""{"latency_ms":-1}""", "latency_ms")]
    [InlineData("""{"webhooks":{"drop":{"chance":1.1}}}""", "webhooks.drop.chance")]
    [InlineData("""{"webhooks":{"lose":1}}""", "webhooks.lose")]
    public async Task A_bad_switch_is_refused(string body, string field)
    {
        using var client = fixture.NewCompany();
        using var response = await client.SendTextAsync("PUT", "_faults", body);
        var answer = await SandboxClient.ReadAsync(response, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(field, Assert.Single(answer["error"]!["fields"]!.AsObject()).Key);
    }

    [Fact]
    public async Task Requests_are_counted_by_verb_and_path_template()
    {
        using var client = fixture.NewCompany();
        await client.GetAsync("vendors?page=1");
        await client.GetAsync("vendors/ven_1001");
        await client.GetAsync("vendors/ven_1002");
        await client.RefusedAsync(HttpStatusCode.NotFound, "not_found", "GET", "nowhere");
        Assert.Equal(
            """{"requests":{"GET /v1/vendors":1,"GET /v1/vendors/{id}":2,"unmatched":1},"total":4,"max_in_flight":1,"webhooks":{"queued":0,"sent":0,"failed":0,"dropped":0,"forged":0,"forged_taken":0,"waiting":0}}""",
            (await client.GetAsync("_stats")).ToJsonString());
        await client.ExpectAsync(HttpStatusCode.NoContent, "DELETE", "_stats");
        Assert.Equal("""{"requests":{},"total":0,"max_in_flight":0,"webhooks":{"queued":0,"sent":0,"failed":0,"dropped":0,"forged":0,"forged_taken":0,"waiting":0}}""",
            (await client.GetAsync("_stats")).ToJsonString());
    }

    [Fact]
    public async Task The_most_requests_in_flight_at_once_is_seen()
    {
        using var client = fixture.NewCompany();
        await SetAsync(client, new { hold_answers = true });
        Task[] creations = [.. Enumerable.Range(0, 5).Select(_ => client.CreateAsync("vendors", new { name = "Held" }))];
        while ((int?)(await client.GetAsync("_stats"))["max_in_flight"] < 5)
        {
            Assert.DoesNotContain(creations, creation => creation.IsCompleted);
        }

        await SetAsync(client, new { hold_answers = false });
        await Task.WhenAll(creations);
        Assert.Equal(5, (int?)(await client.GetAsync("_stats"))["max_in_flight"]);
    }

    private static Task<JsonObject> SetAsync(SandboxClient client, object switches) => client.ExpectAsync(HttpStatusCode.OK, "PUT", "_faults", switches);
}
