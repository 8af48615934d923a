using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using Millwright.Core.Identity;

namespace Millwright.Core.Tests.Identity;

public sealed class IdsTests
{
    [Fact]
    public void Ids_sort_by_age_and_are_unique()
    {
        using var random = RandomNumberGenerator.Create();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
        var ids = new Ids(time, random);

        var made = Enumerable.Range(0, 1000).Select(_ =>
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            return ids.New();
        }).ToList();

        Assert.Equal(made.Order(StringComparer.Ordinal), made);
        Assert.Equal(1000, made.Distinct().Count());
        Assert.All(made, id => Assert.Matches("^[0-9a-f]{32}$", id));
    }
}
