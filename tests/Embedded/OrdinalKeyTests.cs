using CsCheck;
using Millwright.Embedded.Tables;

namespace Millwright.Embedded.Tests;

public sealed class OrdinalKeyTests
{
    [Fact]
    public void Bytes_sort_as_the_text_does_in_ordinal_order() => Gen.Select(Gen.String, Gen.String).Sample((a, b) =>
        Math.Sign(string.CompareOrdinal(a, b)) == Math.Sign(OrdinalKey.Encode(a).AsSpan().SequenceCompareTo(OrdinalKey.Encode(b))));

    [Fact]
    public void The_key_after_a_key_is_the_next_in_order() => Gen.Select(Gen.String, Gen.String).Sample((a, b) =>
        string.CompareOrdinal(a, b) >= 0 || OrdinalKey.After(OrdinalKey.Encode(a)).AsSpan().SequenceCompareTo(OrdinalKey.Encode(b)) <= 0);
}
