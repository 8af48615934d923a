using Millwright.Core.Connections.Access;

namespace Millwright.Core.Tests.Connections.Access;

/// <summary>What an access token's times say.</summary>
public sealed class AccessTokenTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(60, 29, false)] // short: not before the half
    [InlineData(60, 30, true)]
    [InlineData(300, 149, false)]
    [InlineData(300, 150, true)]
    [InlineData(1_800, 1_499, false)] // five minutes before the end
    [InlineData(1_800, 1_500, true)]
    [InlineData(28_800, 25_919, false)] // a tenth before the end
    [InlineData(28_800, 25_920, true)]
    [InlineData(28_800, 30_000, true)]
    public void A_token_is_due_in_its_last_tenth_or_five_minutes_but_not_in_its_first_half(int lifetime, int age, bool due) =>
        Assert.Equal(due, Lasting(lifetime).IsDueAt(Start.AddSeconds(age)));

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void A_token_is_valid_until_its_end(int age, bool valid) => Assert.Equal(valid, Lasting(60).IsValidAt(Start.AddSeconds(age)));

    [Theory]
    [InlineData(29, true)]
    [InlineData(30, false)]
    public void A_token_is_young_for_half_a_minute(int age, bool young) => Assert.Equal(young, Lasting(60).IsYoungAt(Start.AddSeconds(age)));

    [Fact]
    public void A_token_whose_end_is_not_known_is_never_due()
    {
        var token = new AccessToken("a", Start);

        Assert.False(token.IsDueAt(DateTimeOffset.MaxValue));
        Assert.True(token.IsValidAt(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void A_token_does_not_show_itself() => Assert.Equal("AccessToken", (Lasting(60) with { RefreshToken = "r" }).ToString());

    private static AccessToken Lasting(int seconds) => new("a", Start) { ExpiresAt = Start.AddSeconds(seconds) };
}
