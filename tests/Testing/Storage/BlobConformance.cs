using System.Security.Cryptography;
using Millwright.Core.Storage;
using Xunit;

namespace Millwright.Testing.Storage;

/// <summary>What every <see cref="IBlobs"/> does. Tests share the store, so each works under a name of its own.</summary>
public abstract class BlobConformance
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The blobs under test.</summary>
    protected abstract IBlobs Blobs { get; }

    [Fact]
    public async Task A_blob_that_was_never_put_is_null() => Assert.Null(await Blobs.GetAsync(NewName(), Cancel));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    [InlineData(6_000_000)]
    public async Task A_blob_comes_back_as_it_was(int length)
    {
        var (name, content) = (NewName(), RandomNumberGenerator.GetBytes(length));
        await Blobs.PutAsync(name, content, Cancel);
        Assert.Equal(content, await Blobs.GetAsync(name, Cancel));
    }

    [Fact]
    public async Task A_put_replaces_the_whole_content()
    {
        var name = NewName();
        await Blobs.PutAsync(name, new byte[] { 1, 2, 3 }, Cancel);
        await Blobs.PutAsync(name, new byte[] { 4 }, Cancel);
        Assert.Equal([4], await Blobs.GetAsync(name, Cancel));
    }

    [Fact]
    public async Task A_deleted_blob_is_gone()
    {
        var name = NewName();
        await Blobs.PutAsync(name, new byte[] { 1 }, Cancel);
        Assert.True(await Blobs.DeleteAsync(name, Cancel));
        Assert.Null(await Blobs.GetAsync(name, Cancel));
    }

    [Fact]
    public async Task Deleting_what_is_not_there_returns_false() => Assert.False(await Blobs.DeleteAsync(NewName(), Cancel));

    [Fact]
    public async Task Names_that_differ_in_case_only_are_different_blobs()
    {
        var name = NewName();
        await Blobs.PutAsync(name + "a", new byte[] { 1 }, Cancel);
        Assert.Null(await Blobs.GetAsync(name + "A", Cancel));
    }

    public static TheoryData<string> LegalSuffixes => ["/a/b/c", "-_.x", ".hidden..x", "/claim-check/2026.01.01_x", "A9z"];

    [Theory]
    [MemberData(nameof(LegalSuffixes))]
    public async Task A_legal_name_works(string suffix)
    {
        var name = NewName() + suffix;
        await Blobs.PutAsync(name, new byte[] { 7 }, Cancel);
        Assert.Equal([7], await Blobs.GetAsync(name, Cancel));
    }

    public static TheoryData<string> BadNames =>
    [
        "", "a b", "a\\b", "a?b", "a#b", "a%b", "a:b", "ä", "a\0b", "a\nb", "/a", "a/", "a//b", "a.", "..", "a/../b", "a/./b",
        new string('n', BlobLimits.NameLength + 1),
    ];

    [Theory]
    [MemberData(nameof(BadNames))]
    public async Task A_name_outside_the_rules_is_refused_by_every_method(string name)
    {
        await Assert.ThrowsAsync<StorageLimitException>(() => Blobs.PutAsync(name, new byte[] { 1 }, Cancel));
        await Assert.ThrowsAsync<StorageLimitException>(() => Blobs.GetAsync(name, Cancel));
        await Assert.ThrowsAsync<StorageLimitException>(() => Blobs.DeleteAsync(name, Cancel));
    }

    [Fact]
    public async Task A_name_of_the_full_length_works()
    {
        // Slashes keep each part short enough for stores that map a part to a file name.
        var name = NewName() + string.Concat(Enumerable.Repeat("/abcdefghi", 101));
        name = name.PadRight(BlobLimits.NameLength, 'x');
        await Blobs.PutAsync(name, new byte[] { 1 }, Cancel);
        Assert.Equal([1], await Blobs.GetAsync(name, Cancel));
    }

    private static string NewName() => RandomNumberGenerator.GetHexString(12);
}
