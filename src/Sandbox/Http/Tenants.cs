using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Millwright.Sandbox.Faults;
using Millwright.Sandbox.Records;
using Millwright.Sandbox.Seed;

namespace Millwright.Sandbox.Http;

/// <summary>Opens the company of a key, and seeds it on first use.</summary>
internal sealed class Tenants(RecordDatabase database, TimeProvider time, CancellationToken stopping)
{
    private const string Prefix = "sandbox-";
    private const int LongestKey = 128;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Tenant> _open = new(StringComparer.Ordinal);

    /// <exception cref="RefusalException">The key opens nothing.</exception>
    public Tenant Open(string? key)
    {
        if (key is null || key.Length > LongestKey || !key.StartsWith(Prefix, StringComparison.Ordinal))
        {
            throw new RefusalException(401, "unauthorized", "Give a valid key in the X-Api-Key header; keys start with 'sandbox-'.");
        }

        if (_open.TryGetValue(key, out var tenant))
        {
            return tenant;
        }

        lock (_gate)
        {
            return _open.GetOrAdd(key, Load);
        }
    }

    private Tenant Load(string key)
    {
        // The file never holds a key, only what tells keys apart.
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var rows = database.Load(name);
        if (rows.Count == 0)
        {
            rows = SeedData.Rows;
            database.Write(name, rows);
        }

        var company = new Company(rows, row => database.Write(name, row), time);
        var readOnly = key.StartsWith(Prefix + "readonly", StringComparison.Ordinal);
        return new Tenant(company, new FaultSwitches(time, stopping), new RequestStats(), readOnly);
    }
}
