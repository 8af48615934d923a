using Millwright.Core.Connections;
using Millwright.Core.Errors;
using Millwright.Core.Events.Endpoints;

namespace Millwright.Core.Tests.Events;

public sealed class EndpointServiceTests : IAsyncDisposable
{
    private const string Application = DeliveryDomain.Application;

    private static readonly EndpointSettings Good = EndpointSettings.Default with { Url = DeliveryDomain.Url, Types = ["*"] };

    private readonly DeliveryDomain _domain = new();

    public static TheoryData<EndpointSettings, string> Bad => new()
    {
        { Good with { Url = "" }, "url" },
        { Good with { Url = "http://example.test/" }, "url" },
        { Good with { Url = "https://10.0.0.1/" }, "url" },
        { Good with { Types = [] }, "types" },
        { Good with { Types = ["vendors.created", "nonsense"] }, "types[1]" },
        { Good with { Types = [.. Enumerable.Repeat("*", EndpointChecks.MaxEntries + 1)] }, "types" },
        { Good with { Connections = [] }, "connections" },
        { Good with { Connections = ["none"] }, "connections[0]" },
        { Good with { Connections = [new string('/', 500)] }, "connections[0]" },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_secret_is_256_bits_in_base64_and_only_in_the_vault()
    {
        var (endpoint, secret) = await _domain.Service.CreateAsync(Application, Good, Cancel);

        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(secret["whsec_".Length..]).Length);
        Assert.Equal(secret, await _domain.Store.Vault.GetAsync(Assert.Single(endpoint.Secrets).Name, Cancel));
        var row = await _domain.Store.Tables.Table("Endpoints").GetAsync(Application, endpoint.Id, Cancel);
        Assert.DoesNotContain(row!.Properties.Values, value => value is string text && text.Contains(secret[6..], StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_is_wrong_is_named(EndpointSettings settings, string field)
    {
        var (endpoint, _) = await _domain.Service.CreateAsync(Application, Good, Cancel);

        var create = await Assert.ThrowsAsync<ApiException>(() => _domain.Service.CreateAsync(Application, settings, Cancel));
        var update = await Assert.ThrowsAsync<ApiException>(() => _domain.Service.UpdateAsync(Application, endpoint.Id, _ => settings, Cancel));

        Assert.All([create, update], error => Assert.Equal(ErrorCode.ValidationFailed, error.Code));
        Assert.All([create, update], error => Assert.Equal(field, Assert.Single(error.Details).Field));
        Assert.Single(await _domain.Service.ListAsync(Application, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_connection_that_is_gone_by_now_does_not_stop_a_change()
    {
        var connections = new ConnectionStore(_domain.Store.Tables);
        await connections.AddAsync(new Connection("connection-1", Application, "sandbox", "Acme", "a@b.test", _domain.Time.GetUtcNow()), Cancel);
        var (endpoint, _) = await _domain.Service.CreateAsync(Application, Good with { Connections = ["connection-1"] }, Cancel);
        await connections.DeleteAsync(Application, "connection-1", Cancel);

        var changed = await _domain.Service.UpdateAsync(Application, endpoint.Id, s => s with { Description = "changed" }, Cancel);

        Assert.Equal("changed", changed.Settings.Description);
    }

    [Fact]
    public async Task Another_applications_endpoint_does_not_exist()
    {
        var (endpoint, _) = await _domain.Service.CreateAsync(Application, Good, Cancel);

        foreach (var call in (Func<Task>[])
        [
            () => _domain.Service.GetAsync("another", endpoint.Id, Cancel),
            () => _domain.Service.UpdateAsync("another", endpoint.Id, s => s, Cancel),
            () => _domain.Service.RotateSecretAsync("another", endpoint.Id, Cancel),
            () => _domain.Service.DeleteAsync("another", endpoint.Id, Cancel),
            () => _domain.Service.GetAsync(Application, new string('x', 1000), Cancel),
        ])
        {
            Assert.Equal(ErrorCode.EndpointNotFound, (await Assert.ThrowsAsync<ApiException>(call)).Code);
        }
    }

    [Fact]
    public async Task Enabling_gives_a_failed_endpoint_a_new_chance()
    {
        var (endpoint, _) = await _domain.Service.CreateAsync(Application, Good, Cancel);
        await _domain.Health.FailedAsync(await _domain.ReadAsync(endpoint), gone: false, Cancel);
        await _domain.Health.FailedAsync(await _domain.ReadAsync(endpoint), gone: true, Cancel);
        Assert.NotNull((await _domain.ReadAsync(endpoint)).DisabledBecause);

        var enabled = await _domain.Service.UpdateAsync(Application, endpoint.Id, s => s with { Enabled = true }, Cancel);

        Assert.True(enabled.Settings.Enabled);
        Assert.Null(enabled.DisabledBecause);
        Assert.Null((await _domain.ReadAsync(endpoint)).FailingSince);
    }

    [Fact]
    public async Task Many_rotations_leave_three_live_secrets_and_none_without_an_endpoint()
    {
        var (endpoint, _) = await _domain.Service.CreateAsync(Application, Good, Cancel);
        var names = new List<string>(endpoint.Secrets.Select(s => s.Name));
        for (var n = 0; n < 4; n++)
        {
            (endpoint, _) = await _domain.Service.RotateSecretAsync(Application, endpoint.Id, Cancel);
            names.Add(endpoint.Secrets[0].Name);
            _domain.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal([names[4], names[3], names[2]], endpoint.Secrets.Select(s => s.Name));
        Assert.Equal([false, false, true, true, true], await LiveAsync());

        await _domain.Service.DeleteAsync(Application, endpoint.Id, Cancel);
        Assert.DoesNotContain(true, await LiveAsync());

        async Task<List<bool>> LiveAsync()
        {
            var live = new List<bool>();
            foreach (var name in names)
            {
                live.Add(await _domain.Store.Vault.GetAsync(name, Cancel) is not null);
            }

            return live;
        }
    }

    [Fact]
    public async Task There_is_a_most_of_endpoints()
    {
        for (var n = 0; n < EndpointService.MaxEndpoints; n++)
        {
            await _domain.Service.CreateAsync(Application, Good, Cancel);
        }

        Assert.Equal(ErrorCode.Conflict, (await Assert.ThrowsAsync<ApiException>(() => _domain.Service.CreateAsync(Application, Good, Cancel))).Code);
    }

    [Fact]
    public async Task Two_changes_at_once_are_both_kept()
    {
        var (endpoint, _) = await _domain.Service.CreateAsync(Application, Good, Cancel);
        var first = true;

        await _domain.Service.UpdateAsync(
            Application,
            endpoint.Id,
            s =>
            {
                if (first)
                {
                    first = false;
                    _domain.Service.UpdateAsync(Application, endpoint.Id, other => other with { Description = "other" }, Cancel).GetAwaiter().GetResult();
                }

                return s with { Types = ["vendors.*"] };
            },
            Cancel);

        var settings = (await _domain.ReadAsync(endpoint)).Settings;
        Assert.Equal(("other", "vendors.*"), (settings.Description, Assert.Single(settings.Types)));
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();
}
