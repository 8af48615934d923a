using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Millwright.Core.Connections;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Testing;

namespace Millwright.Connectors.Tests.Protocols.Rest;

/// <summary>Walks over the sandbox's records, also while these are written.</summary>
public sealed class SandboxScanTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly EntityType Vendors = SandboxFixture.Entity("vendors");

    public static TheoryData<string> Entities => SandboxCapabilityTests.Entities;

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task A_walk_has_every_record_once_and_byte_for_byte_as_it_is_got(string entity)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var all = (await sandbox.ListAsync(entity, perPage: 1000)).Records.Select(r => (string)r!["key"]!);

        var walked = await Walks.ToEndAsync(sandbox.System, new ScanRequest(SandboxFixture.Entity(entity)) { Size = 7 });

        Assert.Equal(all.Order(StringComparer.Ordinal), walked.Select(Walks.KeyOf).Order(StringComparer.Ordinal));
        foreach (var record in walked)
        {
            var got = await sandbox.System.ExecuteAsync(
                new EntityRequest(SandboxFixture.Entity(entity), OperationName.Get) { Key = Walks.KeyOf(record) }, TestContext.Current.CancellationToken);
            Assert.Equal(Encoding.UTF8.GetString(got.Data.Span), record);
        }
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task A_walk_since_a_time_has_exactly_the_records_that_changed_since(string entity)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var isFound = entity is not ("meter-readings" or "uom");
        Assert.Equal(isFound ? ChangeTracking.ModifiedTime : ChangeTracking.Comparison, sandbox.Connector.Platform.Entities[entity].Changes);
        if (!isFound)
        {
            return;
        }

        var all = await Walks.ToEndAsync(sandbox.System, new ScanRequest(SandboxFixture.Entity(entity)));
        var since = all.Select(Walks.UpdatedAt).Order().ElementAt(all.Count / 2);

        var changed = await Walks.ToEndAsync(sandbox.System, new ScanRequest(SandboxFixture.Entity(entity)) { Since = since, Size = 7 });

        Assert.Equal(all.Where(r => Walks.UpdatedAt(r) >= since).Order(StringComparer.Ordinal), changed.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_page_is_one_request_of_the_sources_and_only_the_first_has_nothing_but_the_total()
    {
        await using var sandbox = await SandboxFixture.StartAsync();

        var whole = await sandbox.System.ScanAsync(new ScanRequest(Vendors), TestContext.Current.CancellationToken);
        var first = await sandbox.System.ScanAsync(new ScanRequest(Vendors) { Size = 10 }, TestContext.Current.CancellationToken);
        await sandbox.StatsAsync();
        var pages = 1;
        await Walks.ToEndAsync(sandbox.System, new ScanRequest(Vendors) { Size = 10 }, _ =>
        {
            pages++;
            return Task.CompletedTask;
        });

        Assert.Equal((25, null, 25), (Walks.Records(whole).Count, whole.Position, whole.Total));
        Assert.Equal((0, 25), (Walks.Records(first).Count, first.Total));
        Assert.Equal(4, pages);
        Assert.Equal(pages, (int?)(await sandbox.StatsAsync())["total"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_written_during_a_walk_is_no_reason_to_miss_another_record(bool isSince)
    {
        var time = new FakeTimeProvider(Start);
        await using var sandbox = await SandboxFixture.StartAsync(time);
        var keys = await CreateAsync(sandbox, 40, () => time.Advance(TimeSpan.FromSeconds(1)));
        var written = new HashSet<string>(StringComparer.Ordinal);

        var walked = await Walks.ToEndAsync(sandbox.System, new ScanRequest(Vendors) { Since = isSince ? Start : null, Size = 7 }, async read =>
        {
            // What is next to be read is left alone: it is what a shift would hide.
            var seen = keys.Intersect(read).Except(written).ToArray();
            var unseen = keys.Except(read).Except(written).ToArray();
            if (seen.Length < 2 || unseen.Length < 10)
            {
                return;
            }

            time.Advance(TimeSpan.FromSeconds(1));
            foreach (var key in new[] { seen[0], unseen[4] })
            {
                await sandbox.DoAsync("vendors", "delete", key);
                written.Add(key);
            }

            foreach (var key in new[] { seen[1], unseen[5] })
            {
                await sandbox.DoAsync("vendors", "update", key, """{"notes":"changed"}""");
                written.Add(key);
            }

            await CreateAsync(sandbox, 1, () => { });
        });

        Assert.InRange(written.Count, 12, 24);
        Assert.Empty(keys.Except(written).Except(walked.Select(Walks.KeyOf)));
    }

    [Fact]
    public async Task Pages_full_of_one_modified_time_are_walked_to_their_end_though_records_leave_it()
    {
        var time = new FakeTimeProvider(Start);
        await using var sandbox = await SandboxFixture.StartAsync(time);
        var keys = await CreateAsync(sandbox, 30, () => { });
        time.Advance(TimeSpan.FromSeconds(1));
        await CreateAsync(sandbox, 3, () => { });
        var written = new HashSet<string>(StringComparer.Ordinal);

        var walked = await Walks.ToEndAsync(sandbox.System, new ScanRequest(Vendors) { Since = Start, Size = 7 }, async read =>
        {
            if (keys.Intersect(read).Except(written).FirstOrDefault() is { } key && written.Count < 6)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await sandbox.DoAsync("vendors", "update", key, """{"notes":"changed"}""");
                written.Add(key);
            }
        });

        Assert.Equal(6, written.Count);
        Assert.Empty(keys.Except(walked.Select(Walks.KeyOf)));
        var last = walked.Where(r => written.Contains(Walks.KeyOf(r))).ToLookup(Walks.KeyOf, StringComparer.Ordinal);
        Assert.All(last, versions => Assert.Contains(versions, v => v.Contains("\"notes\":\"changed\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_modified_time_at_the_end_of_the_list_is_walked_to_its_end()
    {
        await using var sandbox = await SandboxFixture.StartAsync(new FakeTimeProvider(Start));
        var keys = await CreateAsync(sandbox, 30, () => { });

        var walked = await Walks.ToEndAsync(sandbox.System, new ScanRequest(Vendors) { Since = Start, Size = 10 });

        Assert.Equal(keys.Order(StringComparer.Ordinal), walked.Select(Walks.KeyOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_walk_goes_on_in_another_process()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var first = await sandbox.System.ScanAsync(new ScanRequest(Vendors) { Since = DateTimeOffset.UnixEpoch, Size = 20 }, TestContext.Current.CancellationToken);
        await using var other = sandbox.Open("sandbox-test");

        var rest = await Walks.ToEndAsync(other, new ScanRequest(Vendors) { Since = DateTimeOffset.UnixEpoch, Size = 20, Position = first.Position });

        Assert.Equal(25, Walks.Records(first).Concat(rest).Select(Walks.KeyOf).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("vendors", null)]
    [InlineData("vendors", 2020)]
    [InlineData("meter-readings", null)]
    public async Task A_position_that_is_not_of_this_walk_is_refused(string entity, int? year)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var walk = new ScanRequest(SandboxFixture.Entity(entity)) { Since = year is { } y ? new DateTimeOffset(y, 1, 1, 0, 0, 0, TimeSpan.Zero) : null, Size = 5 };
        var position = (await sandbox.System.ScanAsync(walk, TestContext.Current.CancellationToken)).Position!;

        ScanRequest[] wrong =
        [
            .. new[] { "", "x", "!!", position[..^4], Convert.ToBase64String(new byte[40]) }.Select(p => walk with { Position = p }),
            walk with { Position = position, Size = 6 },
            new ScanRequest(SandboxFixture.Entity("assets")) { Position = position, Size = 5 },
        ];

        foreach (var request in wrong)
        {
            var error = await Assert.ThrowsAsync<ApiException>(() => sandbox.System.ScanAsync(request, TestContext.Current.CancellationToken));
            Assert.Equal(ErrorCode.InvalidCursor, error.Code);
        }
    }

    [Fact]
    public async Task The_meter_hears_of_every_request_that_the_source_counts()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.FaultAsync("""{"rate_limit":{"next":2,"retry_after":0},"errors":{"next":1,"status":503}}""");
        await sandbox.StatsAsync();
        var metered = 0;

        using (UpstreamMeter.Use(_ =>
        {
            Interlocked.Increment(ref metered);
            return ValueTask.CompletedTask;
        }))
        {
            await Walks.ToEndAsync(sandbox.System, new ScanRequest(Vendors) { Size = 5 });
        }

        await sandbox.DoAsync("vendors", "get", "ven_1001");

        var counted = (int?)(await sandbox.StatsAsync())["total"];
        Assert.Equal(6 + 3, metered);
        Assert.Equal(metered + 1, counted);
    }

    private static async Task<IReadOnlyList<string>> CreateAsync(SandboxFixture sandbox, int count, Action after)
    {
        var keys = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var created = await sandbox.DoAsync("vendors", "create", body: string.Create(CultureInfo.InvariantCulture, $$"""{"name":"Vendor {{i}}"}"""));
            keys.Add((string)created!["key"]!);
            after();
        }

        return keys;
    }
}
