namespace Millwright.OnAzure.Vault;

/// <summary>Secrets read lately, the least recently used forgotten first. One read is under way per name at most, and all who ask share it.</summary>
/// <remarks>A cached answer counts its age from the moment its read began, so that it is never older than its lifetime says.</remarks>
internal sealed class SecretCache(TimeProvider time)
{
    /// <summary>How long a secret is believed: the time within which another process's rotation is seen.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>How long it is believed that there is no such secret. Short: it is often about to be made.</summary>
    internal static readonly TimeSpan AbsentLifetime = TimeSpan.FromSeconds(15);

    /// <summary>The most secrets held.</summary>
    internal const int Capacity = 4096;

    // Key Vault's names do not tell upper from lower case.
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly LinkedList<Entry> _byUse = new();
    private readonly Lock _lock = new();

    internal Task<string?> GetAsync(string name, Func<Task<string?>> read)
    {
        Entry entry;
        lock (_lock)
        {
            if (_entries.TryGetValue(name, out var node) && IsLive(node.Value))
            {
                _byUse.Remove(node);
            }
            else
            {
                Remove(name);
                node = new LinkedListNode<Entry>(new Entry(name, time.GetTimestamp(), new Lazy<Task<string?>>(read)));
                _entries[name] = node;
            }

            _byUse.AddFirst(node);
            if (_entries.Count > Capacity)
            {
                Remove(_byUse.Last!.Value.Name);
            }

            entry = node.Value;
        }

        return entry.Answer.Value;
    }

    /// <summary>Forgets the secret, and the answer of a read under way. The next read asks Key Vault.</summary>
    internal void Forget(string name)
    {
        lock (_lock)
        {
            Remove(name);
        }
    }

    private bool IsLive(Entry entry)
    {
        if (!entry.Answer.IsValueCreated || !entry.Answer.Value.IsCompleted)
        {
            return true;
        }

        return entry.Answer.Value.IsCompletedSuccessfully
            && time.GetElapsedTime(entry.ReadAt) < (entry.Answer.Value.Result is null ? AbsentLifetime : Lifetime);
    }

    private void Remove(string name)
    {
        if (_entries.Remove(name, out var node))
        {
            _byUse.Remove(node);
        }
    }

    private sealed record Entry(string Name, long ReadAt, Lazy<Task<string?>> Answer);
}
