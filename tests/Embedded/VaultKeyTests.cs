using System.Text;
using Millwright.Embedded.Sqlite;

namespace Millwright.Embedded.Tests;

public sealed class VaultKeyTests : IAsyncDisposable
{
    private const string Secret = "a very secret password";

    private readonly TemporaryStore _files = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string KeyPath => _files.Path + ".key";

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public void The_key_is_readable_by_its_owner_only()
    {
        _ = _files.Store;
        Assert.Equal(32, new FileInfo(KeyPath).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
        }
    }

    [Fact]
    public async Task No_file_holds_a_secret_in_clear()
    {
        await SetAndCloseAsync();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_files.Path)!))
        {
            Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, Cancel)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Secrets_without_their_key_keep_the_store_from_opening()
    {
        await SetAndCloseAsync();
        File.Delete(KeyPath);
        var refusal = Assert.Throws<InvalidOperationException>(() => _files.Open());
        Assert.Contains($"'{KeyPath}' is missing", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyPath));
    }

    [Fact]
    public async Task Secrets_with_another_key_keep_the_store_from_opening()
    {
        await SetAndCloseAsync();
        await File.WriteAllBytesAsync(KeyPath, new byte[32], Cancel);
        var refusal = Assert.Throws<InvalidOperationException>(() => _files.Open());
        Assert.Contains("is not the one", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_key_keeps_the_store_from_opening()
    {
        await SetAndCloseAsync();
        await File.WriteAllBytesAsync(KeyPath, new byte[16], Cancel);
        var refusal = Assert.Throws<InvalidOperationException>(() => _files.Open());
        Assert.Contains("16 bytes instead of 32", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_key_is_made_anew_where_there_are_no_secrets()
    {
        _ = _files.Store;
        await _files.CloseAsync();
        File.Delete(KeyPath);
        await SetAndCloseAsync();
        Assert.Equal(Secret, await _files.Store.Vault.GetAsync("name", Cancel));
    }

    [Fact]
    public async Task A_secret_moved_under_another_name_is_not_given_out()
    {
        await SetAndCloseAsync();
        using (var session = new SqliteSession(_files.Path))
        {
            session.Execute("UPDATE secrets SET name = 'other'");
        }

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => _files.Store.Vault.GetAsync("other", Cancel));
        Assert.DoesNotContain(Secret, refusal.ToString(), StringComparison.Ordinal);
    }

    private async Task SetAndCloseAsync()
    {
        await _files.Store.Vault.SetAsync("name", Secret, Cancel);
        await _files.CloseAsync();
    }
}
