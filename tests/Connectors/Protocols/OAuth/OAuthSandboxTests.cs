using Millwright.Core.Connections.Access;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Tests.Protocols.OAuth;

/// <summary>Calls with access tokens against a system that ends a family of tokens when a refresh token comes twice.</summary>
public sealed class OAuthSandboxTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private OAuthExample _sandbox = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _sandbox = await OAuthExample.StartAsync();

    [Theory]
    [InlineData("grant: client-credentials, clientAuthentication: form")]
    [InlineData("grant: client-credentials, clientAuthentication: basic")]
    [InlineData("scope: offline_access")]
    public async Task A_client_calls_with_the_token_that_its_credentials_give(string grant)
    {
        await using var system = _sandbox.Open(grant);

        await system.ProveAsync(Ct);
        await OAuthExample.CreateAsync(system);

        Assert.Equal((1, 3), await _sandbox.CountAsync());
    }

    [Fact]
    public async Task The_token_endpoint_may_have_an_address_of_its_own()
    {
        await using var system = _sandbox.Open(OAuthExample.ByClient, endpoint: "address: tokenUrl");

        await system.ProveAsync(Ct);

        Assert.Equal((1, 2), await _sandbox.CountAsync());
    }

    [Fact]
    public async Task Two_hundred_calls_at_the_end_of_a_token_make_one_request_for_the_next()
    {
        await using var system = _sandbox.Open(OAuthExample.ByRefreshToken, refreshToken: await _sandbox.FirstRefreshTokenAsync());
        await system.ProveAsync(Ct);
        _sandbox.Advance(Hour);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => OAuthExample.ListAsync(system))));

        Assert.Equal((2, 203), await _sandbox.CountAsync());
    }

    [Fact]
    public async Task While_the_next_token_is_awaited_calls_go_on_with_the_old_one()
    {
        var tokens = new MemoryAccessTokens();
        await using var system = _sandbox.Open(OAuthExample.ByRefreshToken, tokens, await _sandbox.FirstRefreshTokenAsync());
        await system.ProveAsync(Ct);
        var old = tokens.Token;
        _sandbox.Advance(TimeSpan.FromMinutes(55));
        await _sandbox.FaultAsync(new { hold_answers = true });

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OAuthExample.ListAsync(system)));
        Assert.Equal(old, tokens.Token);
        await _sandbox.FaultAsync(new { hold_answers = false });
        while (tokens.Token == old)
        {
            await Task.Yield();
            Ct.ThrowIfCancellationRequested();
        }

        _sandbox.Advance(TimeSpan.FromMinutes(5));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OAuthExample.ListAsync(system)));

        Assert.Equal((2, 43), await _sandbox.CountAsync());
    }

    [Fact]
    public async Task A_token_of_a_minute_is_renewed_over_and_over()
    {
        await _sandbox.FaultAsync(new { token_seconds = 60 });
        await using var system = _sandbox.Open(OAuthExample.ByRefreshToken, refreshToken: await _sandbox.FirstRefreshTokenAsync());

        for (var call = 0; call < 10; call++)
        {
            await OAuthExample.ListAsync(system);
            _sandbox.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((10, 20), await _sandbox.CountAsync());
    }

    [Fact]
    public async Task A_token_that_ends_before_its_time_is_replaced_once_and_the_write_repeated()
    {
        await using var system = _sandbox.Open(OAuthExample.ByRefreshToken, refreshToken: await _sandbox.FirstRefreshTokenAsync());
        await system.ProveAsync(Ct);
        _sandbox.ServerTime.Advance(Hour);
        _sandbox.Time.Advance(AccessToken.Youth);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OAuthExample.CreateAsync(system)));

        // A call with a token that has ended is nobody's and not counted.
        Assert.Equal((2, 23), await _sandbox.CountAsync());
        Assert.Equal(25 + 20, (await OAuthExample.ListAsync(system)).Total);
    }

    [Fact]
    public async Task A_refresh_token_that_is_refused_means_that_authentication_failed_and_is_not_tried_by_every_call()
    {
        var refreshToken = await _sandbox.FirstRefreshTokenAsync();
        await using (var thief = _sandbox.Open(OAuthExample.ByRefreshToken, refreshToken: refreshToken))
        {
            await thief.ProveAsync(Ct);
        }

        await using var system = _sandbox.Open(OAuthExample.ByRefreshToken, refreshToken: refreshToken);
        var errors = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Assert.ThrowsAsync<ApiException>(() => OAuthExample.ListAsync(system))));

        Assert.All(errors, e => Assert.Equal(ErrorCode.AuthenticationFailed, e.Code));
        Assert.Contains("(invalid_grant)", errors[0].Message, StringComparison.Ordinal);
        Assert.Equal(2, (await _sandbox.CountAsync()).Tokens);
    }

    [Fact]
    public async Task A_client_that_is_refused_is_told_so_in_the_proof()
    {
        await using var system = _sandbox.Open(OAuthExample.ByClient, clientSecret: "wrong");

        var error = await Assert.ThrowsAsync<ApiException>(() => system.ProveAsync(Ct));

        Assert.Equal(ErrorCode.AuthenticationFailed, error.Code);
        Assert.Equal("The connected system refuses to issue an access token (invalid_client).", error.Message);
    }

    [Theory]
    [InlineData(503, "SOURCE_UNAVAILABLE")]
    [InlineData(500, "SOURCE_ERROR")]
    [InlineData(404, "SOURCE_ERROR")]
    [InlineData(429, "RATE_LIMIT_EXCEEDED")]
    public async Task A_token_endpoint_that_fails_otherwise_is_the_systems_failure(int status, string code)
    {
        await _sandbox.FaultAsync(new { errors = new { next = 1, status } });
        await using var system = _sandbox.Open(OAuthExample.ByClient);

        var error = await Assert.ThrowsAsync<ApiException>(() => OAuthExample.CreateAsync(system));

        Assert.Equal(code, error.Code.Name);
        Assert.False(error.OutcomeUnknown);
        Assert.Equal((1, 1), await _sandbox.CountAsync());
    }

    [Fact]
    public async Task What_was_obtained_is_in_the_store_that_was_given()
    {
        var tokens = new MemoryAccessTokens();
        await using (var proof = _sandbox.Open(OAuthExample.ByRefreshToken, tokens, await _sandbox.FirstRefreshTokenAsync()))
        {
            await proof.ProveAsync(Ct);
        }

        // The pasted refresh token is used up; the one in the store goes on.
        _sandbox.Advance(Hour);
        await using var system = _sandbox.Open(OAuthExample.ByRefreshToken, tokens, refreshToken: "used up");
        await system.ProveAsync(Ct);

        Assert.Equal((2, 4), await _sandbox.CountAsync());
    }

    [Fact]
    public async Task Neither_tokens_nor_secrets_are_in_a_log_line_or_an_error()
    {
        var refreshToken = await _sandbox.FirstRefreshTokenAsync();
        var tokens = new MemoryAccessTokens();
        await using var system = _sandbox.Open(OAuthExample.ByRefreshToken, tokens, refreshToken);
        await system.ProveAsync(Ct);
        await using var thief = _sandbox.Open(OAuthExample.ByRefreshToken, new MemoryAccessTokens(), refreshToken);
        var errors = new List<ApiException> { await Assert.ThrowsAsync<ApiException>(() => thief.ProveAsync(Ct)) };
        _sandbox.Advance(AccessToken.Youth);
        errors.Add(await Assert.ThrowsAsync<ApiException>(() => system.ProveAsync(Ct)));

        string[] shown = [.. _sandbox.Log.Lines, .. errors.Select(e => e.ToString()), tokens.Token!.ToString()];
        string[] secrets = [OAuthExample.ClientSecret, refreshToken, .. tokens.Token.Secrets()];
        Assert.NotEmpty(_sandbox.Log.Lines);
        Assert.All(shown, line => Assert.All(secrets, secret => Assert.DoesNotContain(secret, line, StringComparison.Ordinal)));
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();
}
