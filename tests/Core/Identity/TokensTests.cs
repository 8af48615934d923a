using Millwright.Core.Errors;
using Millwright.Core.Identity;
using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Identity;

public sealed class TokensTests : IAsyncDisposable
{
    private static readonly TokenGrant Grant = new(TokenKind.Connection, "application-1", "connection-1", "sandbox");

    private readonly DomainStore _domain = new();

    private Tokens Tokens => new(_domain.Store.Tables, _domain.Ids, _domain.Time);

    [Fact]
    public async Task A_token_stands_for_its_grant()
    {
        var issued = await Tokens.IssueAsync(Grant, null, TestContext.Current.CancellationToken);

        Assert.Equal(Grant, await Tokens.CheckAsync(issued.Token, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_token_is_256_bits_and_only_its_hash_is_stored()
    {
        var issued = await Tokens.IssueAsync(Grant, null, TestContext.Current.CancellationToken);

        Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(issued.Token.AsSpan(Tokens.Prefix.Length)).Length);
        var hash = SecretHash.Of(issued.Token);
        var row = await _domain.Store.Tables.Table(Tokens.TableName).GetAsync(Expiring.PartitionOf(hash), hash, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(row!.Properties.Values, value => value is string text && text.Contains(issued.Token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("mwt_")]
    [InlineData("mwt_unknown")]
    [InlineData("Bearer")]
    public async Task What_was_never_issued_is_refused(string token) => await RefusedAsync(token);

    [Fact]
    public async Task A_token_ends_with_its_lifetime()
    {
        var issued = await Tokens.IssueAsync(Grant, TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        _domain.Time.Advance(TimeSpan.FromMinutes(59));
        await Tokens.CheckAsync(issued.Token, TestContext.Current.CancellationToken);

        _domain.Time.Advance(TimeSpan.FromMinutes(1));

        await RefusedAsync(issued.Token);
    }

    [Fact]
    public async Task Revoking_ends_every_token_of_the_connection_but_the_one_kept()
    {
        var first = await Tokens.IssueAsync(Grant, null, TestContext.Current.CancellationToken);
        var kept = await Tokens.IssueAsync(Grant, null, TestContext.Current.CancellationToken);
        var other = await Tokens.IssueAsync(Grant with { ConnectionId = "connection-2" }, null, TestContext.Current.CancellationToken);

        await Tokens.RevokeAsync("connection-1", kept.Token, TestContext.Current.CancellationToken);

        await RefusedAsync(first.Token);
        await Tokens.CheckAsync(kept.Token, TestContext.Current.CancellationToken);
        await Tokens.CheckAsync(other.Token, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_sweep_deletes_expired_tokens_and_leaves_the_others()
    {
        await Tokens.IssueAsync(Grant, TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        var lasting = await Tokens.IssueAsync(Grant, null, TestContext.Current.CancellationToken);
        _domain.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(1, await Tokens.SweepAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await Tokens.SweepAsync(TestContext.Current.CancellationToken));
        await Tokens.CheckAsync(lasting.Token, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();

    private async Task RefusedAsync(string token)
    {
        var error = await Assert.ThrowsAsync<ApiException>(() => Tokens.CheckAsync(token, TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCode.InvalidToken, error.Code);
    }
}
