using System.Security.Cryptography;
using System.Text;
using Millwright.Core.Storage;

namespace Millwright.Core.Polling;

/// <summary>The keys that a comparison of all records came upon, a blob for each page, so that it can go on in another process.</summary>
/// <remarks>Sixteen bytes of a hash stand for a key: a million records are 16 MB, read once at the end.</remarks>
public sealed class SeenKeys(IBlobs blobs)
{
    private const int KeyBytes = 16;

    /// <summary>Keeps the keys of a page; a page that is read again replaces what it was.</summary>
    public async Task AddAsync(string connectionId, string entity, int page, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var content = new byte[keys.Count * KeyBytes];
        var at = 0;
        foreach (var key in keys)
        {
            MarkOf(key).CopyTo(content.AsSpan(at));
            at += KeyBytes;
        }

        await blobs.PutAsync(NameOf(connectionId, entity, page), content, cancellationToken);
    }

    /// <summary>All keys of the pages before this one, as something to ask.</summary>
    /// <returns>Whether a key is among them; null if a page is gone, so that nothing can be said.</returns>
    public async Task<Func<string, bool>?> OfAsync(string connectionId, string entity, int pages, CancellationToken cancellationToken)
    {
        var marks = new HashSet<UInt128>();
        for (var page = 0; page < pages; page++)
        {
            if (await blobs.GetAsync(NameOf(connectionId, entity, page), cancellationToken) is not { } content)
            {
                return null;
            }

            for (var at = 0; at < content.Length; at += KeyBytes)
            {
                marks.Add(NumberOf(content.AsSpan(at, KeyBytes)));
            }
        }

        return key => marks.Contains(NumberOf(MarkOf(key)));
    }

    /// <summary>Deletes what was kept of the pages before this one, and of those after it that an earlier walk left.</summary>
    public async Task ForgetAsync(string connectionId, string entity, int pages, CancellationToken cancellationToken)
    {
        var page = 0;
        while (await RemoveAsync(connectionId, entity, page, cancellationToken) || page < pages)
        {
            page++;
        }
    }

    /// <summary>Deletes what was kept of this page.</summary>
    /// <returns>Whether anything was.</returns>
    public Task<bool> RemoveAsync(string connectionId, string entity, int page, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(NameOf(connectionId, entity, page), cancellationToken);

    private static string NameOf(string connectionId, string entity, int page) => $"polls/{connectionId}/{entity}/{page}";

    private static ReadOnlySpan<byte> MarkOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, KeyBytes);

    private static UInt128 NumberOf(ReadOnlySpan<byte> mark) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(mark);
}
