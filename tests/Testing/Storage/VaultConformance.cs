using System.Security.Cryptography;
using Millwright.Core.Storage;
using Xunit;

namespace Millwright.Testing.Storage;

/// <summary>What every <see cref="IVault"/> does. Tests share the vault, so each works under a name of its own.</summary>
public abstract class VaultConformance
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The vault under test.</summary>
    protected abstract IVault Vault { get; }

    [Fact]
    public async Task A_secret_that_was_never_set_is_null() => Assert.Null(await Vault.GetAsync(NewName(), Cancel));

    public static TheoryData<string> Secrets =>
        ["s3cret", " ", "{\"user\":\"a\",\"password\":\"p\\\"w\"}", "Größe 件数 😀", "line\r\nline"];

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task A_secret_comes_back_as_it_was(string secret)
    {
        var name = NewName();
        await Vault.SetAsync(name, secret, Cancel);
        Assert.Equal(secret, await Vault.GetAsync(name, Cancel));
        Assert.Equal(secret, await Vault.GetLatestAsync(name, Cancel));
    }

    [Fact]
    public async Task Setting_again_replaces_the_secret_at_once()
    {
        var name = NewName();
        await Vault.SetAsync(name, "old", Cancel);
        Assert.Equal("old", await Vault.GetAsync(name, Cancel));
        await Vault.SetAsync(name, "new", Cancel);
        Assert.Equal("new", await Vault.GetAsync(name, Cancel));
    }

    [Fact]
    public async Task A_deleted_secret_is_gone_at_once()
    {
        var name = NewName();
        await Vault.SetAsync(name, "s", Cancel);
        Assert.Equal("s", await Vault.GetAsync(name, Cancel));
        await Vault.DeleteAsync(name, Cancel);
        Assert.Null(await Vault.GetAsync(name, Cancel));
    }

    [Fact]
    public async Task Deleting_what_is_not_there_does_nothing()
    {
        var name = NewName();
        await Vault.DeleteAsync(name, Cancel);
        Assert.Null(await Vault.GetAsync(name, Cancel));
    }

    [Fact]
    public async Task Names_that_differ_in_case_only_are_one_secret()
    {
        var name = NewName();
        await Vault.SetAsync(name + "-a", "s", Cancel);
        Assert.Equal("s", await Vault.GetAsync(name.ToUpperInvariant() + "-A", Cancel));
    }

    [Fact]
    public async Task A_name_of_the_full_length_works()
    {
        var name = NewName().PadRight(VaultLimits.NameLength, 'x');
        await Vault.SetAsync(name, "s", Cancel);
        Assert.Equal("s", await Vault.GetAsync(name, Cancel));
    }

    public static TheoryData<string> BadNames => ["", "a b", "a_b", "a.b", "a/b", "ä", "a\0", new string('n', VaultLimits.NameLength + 1)];

    [Theory]
    [MemberData(nameof(BadNames))]
    public async Task A_name_outside_the_rules_is_refused_by_every_method(string name)
    {
        await Assert.ThrowsAsync<StorageLimitException>(() => Vault.GetAsync(name, Cancel));
        await Assert.ThrowsAsync<StorageLimitException>(() => Vault.GetLatestAsync(name, Cancel));
        await Assert.ThrowsAsync<StorageLimitException>(() => Vault.SetAsync(name, "s", Cancel));
        await Assert.ThrowsAsync<StorageLimitException>(() => Vault.DeleteAsync(name, Cancel));
    }

    [Fact]
    public async Task A_secret_of_the_full_size_fits()
    {
        var (name, secret) = (NewName(), new string('s', VaultLimits.SecretBytes));
        await Vault.SetAsync(name, secret, Cancel);
        Assert.Equal(secret, await Vault.GetAsync(name, Cancel));
    }

    [Fact]
    public async Task A_secret_over_the_size_is_refused_and_not_told()
    {
        var name = NewName();
        var secret = new string('s', VaultLimits.SecretBytes - 1) + "é";
        var refusal = await Assert.ThrowsAsync<StorageLimitException>(() => Vault.SetAsync(name, secret, Cancel));
        Assert.DoesNotContain("sss", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await Vault.GetAsync(name, Cancel));
    }

    private static string NewName() => "s" + RandomNumberGenerator.GetHexString(12, lowercase: true);
}
