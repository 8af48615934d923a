using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Millwright.Sandbox.Faults;
using Millwright.Sandbox.Records;
using Millwright.Sandbox.Seed;
using Millwright.Sandbox.Webhooks;

namespace Millwright.Sandbox.Http;

/// <summary>Opens the company of a key, and seeds it on first use.</summary>
/// <param name="database">Keeps the companies.</param>
/// <param name="http">Reaches the targets of webhooks.</param>
/// <param name="options">The server's.</param>
/// <param name="stopping">Ends all waiting when the server stops.</param>
internal sealed class Tenants(RecordDatabase database, HttpClient http, SandboxOptions options, CancellationToken stopping) : IAsyncDisposable
{
    private const string Prefix = "sandbox-";
    private const int LongestKey = 128;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Tenant> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tenant> _companies = new(StringComparer.Ordinal);

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

    /// <summary>Opens the companies that send webhooks, so that what waits is sent though nobody calls with their keys.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            foreach (var name in database.Outbox.Companies())
            {
                OfCompany(name);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tenant in _companies.Values)
        {
            await tenant.Webhooks.DisposeAsync();
        }
    }

    private Tenant Load(string key)
    {
        // The file never holds a key, only what tells keys apart.
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return OfCompany(name) with { ReadOnly = key.StartsWith(Prefix + "readonly", StringComparison.Ordinal) };
    }

    private Tenant OfCompany(string name)
    {
        if (_companies.TryGetValue(name, out var tenant))
        {
            return tenant;
        }

        var rows = database.Load(name);
        if (rows.Count == 0)
        {
            rows = SeedData.Rows;
            database.Write(name, rows);
        }

        var gate = new Lock();
        var faults = new FaultSwitches(options.TimeProvider, options.FaultSeed is { } seed ? new Random(seed) : new Random(), stopping);
        var webhooks = new CompanyWebhooks(name, gate, database, http, faults, options);
        var company = new Company(rows, webhooks.Write, options.TimeProvider) { Gate = gate };
        webhooks.Resume();
        return _companies[name] = new Tenant(company, faults, new RequestStats(), webhooks, ReadOnly: true);
    }
}
