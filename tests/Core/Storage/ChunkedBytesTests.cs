using CsCheck;
using Millwright.Core.Storage;

namespace Millwright.Core.Tests.Storage;

public sealed class ChunkedBytesTests
{
    private const int Chunk = TableLimits.PropertyBytes;

    // Around every size at which something changes.
    private static readonly Gen<int> Size =
        from edge in Gen.Int[0, 15]
        from beside in Gen.Int[-2, 2]
        select Math.Max(1, (edge == 0 ? 16 * 1024 : (edge - 1) * Chunk) + beside);

    [Fact]
    public void What_fits_comes_back_as_it_was_within_the_limits_of_a_row() => Gen.Select(Size, Gen.Bool, Gen.Int).Sample(
        (size, random, seed) =>
        {
            var bytes = random ? Noise(size, seed) : Text(size);
            var row = new TableRow("p", "r") { Properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["Other"] = "x" } };
            if (!ChunkedBytes.Fit(bytes))
            {
                Assert.Throws<StorageLimitException>(() => With(row, bytes));
                return;
            }

            row = With(row, bytes);
            TableLimits.CheckRow(row);
            Assert.Equal(bytes, ChunkedBytes.Of(row, "Json")!.Value.ToArray());
        },
        iter: 300);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Noise_up_to_the_limit_fits(int beside)
    {
        var bytes = Noise(ChunkedBytes.Limit + beside, 1);

        Assert.True(ChunkedBytes.Fit(bytes));
        Assert.Equal(bytes, ChunkedBytes.Of(With(new TableRow("p", "r"), bytes), "Json")!.Value.ToArray());
    }

    [Fact]
    public void Noise_over_the_limit_does_not_fit()
    {
        var bytes = Noise(ChunkedBytes.Limit + 1, 1);

        Assert.False(ChunkedBytes.Fit(bytes));
        Assert.Throws<StorageLimitException>(() => With(new TableRow("p", "r"), bytes));
    }

    [Fact]
    public void Text_far_over_the_limit_fits_compressed()
    {
        var bytes = Text(8 * ChunkedBytes.Limit);

        Assert.Equal(bytes, ChunkedBytes.Of(With(new TableRow("p", "r"), bytes), "Json")!.Value.ToArray());
    }

    [Fact]
    public void Two_of_a_row_do_not_mix()
    {
        var row = With(With(new TableRow("p", "r"), Noise(Chunk, 1), "One"), Text(3 * Chunk), "Other");

        Assert.Equal(Noise(Chunk, 1), ChunkedBytes.Of(row, "One")!.Value.ToArray());
        Assert.Equal(Text(3 * Chunk), ChunkedBytes.Of(row, "Other")!.Value.ToArray());
        Assert.Null(ChunkedBytes.Of(row, "Neither"));
    }

    private static TableRow With(TableRow row, byte[] bytes, string name = "Json")
    {
        var properties = new Dictionary<string, object>(row.Properties, StringComparer.Ordinal);
        ChunkedBytes.Add(properties, name, bytes);
        return row with { Properties = properties };
    }

    private static byte[] Noise(int size, int seed)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Text(int size) => [.. Enumerable.Range(0, size).Select(i => (byte)"{\"key\":1},"[i % 10])];
}
