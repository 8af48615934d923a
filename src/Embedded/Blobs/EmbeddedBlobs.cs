using Millwright.Core.Storage;
using Millwright.Embedded.Sqlite;

namespace Millwright.Embedded.Blobs;

internal sealed class EmbeddedBlobs(Database database) : IBlobs
{
    public async Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        BlobLimits.CheckName(name);
        var bytes = content.ToArray();
        await database.WriteAsync(
            session => session.Execute(
                "INSERT INTO blobs(name, content) VALUES($1, $2) ON CONFLICT(name) DO UPDATE SET content = excluded.content", name, bytes),
            cancellationToken);
    }

    public async Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken)
    {
        BlobLimits.CheckName(name);
        cancellationToken.ThrowIfCancellationRequested();
        return await Task.FromResult(database.Read(session =>
            session.First("SELECT content FROM blobs WHERE name = $1", reader => reader.GetFieldValue<byte[]>(0), name)));
    }

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        BlobLimits.CheckName(name);
        return await database.WriteAsync(session => session.Execute("DELETE FROM blobs WHERE name = $1", name) == 1, cancellationToken);
    }
}
