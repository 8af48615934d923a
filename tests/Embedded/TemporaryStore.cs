using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Millwright.Core.Storage;

namespace Millwright.Embedded.Tests;

/// <summary>A store in a folder of its own, which goes with it. It may be closed and opened again.</summary>
public sealed class TemporaryStore(TimeProvider? time = null, params QueueDefinition[] queues) : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("millwright-");
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private EmbeddedStore? _store;

    public string Path => System.IO.Path.Combine(_folder.FullName, "millwright.db");

    public QueueDefinition[] Queues { get; set; } = queues;

    public EmbeddedStore Store => _store ??= Open();

    public EmbeddedStore Open() => EmbeddedStore.Open(
        new EmbeddedOptions { Path = Path, Queues = Queues }, time ?? TimeProvider.System, _random, NullLogger<EmbeddedStore>.Instance);

    public async Task CloseAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
            _store = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _random.Dispose();
        _folder.Delete(recursive: true);
    }
}
