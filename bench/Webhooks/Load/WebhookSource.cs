using System.Security.Cryptography;

namespace Millwright.Bench.Webhooks.Load;

/// <summary>Makes webhooks for one address, none of them twice, however many connections send them.</summary>
internal sealed class WebhookSource(WebhookAddress address, bool carriesRecord)
{
    private readonly WebhookTemplate _template = new(address.Url, carriesRecord);
    private readonly byte[] _key = address.Key;
    private long _made = -1;

    public Uri Url => address.Url;

    /// <summary>Starts every id, so that ids of several runs differ too.</summary>
    public string Run { get; } = RandomNumberGenerator.GetHexString(8, lowercase: true);

    /// <summary>A writer for one connection.</summary>
    public WebhookWriter NewWriter() => new(this, _template, _key);

    public long Next() => Interlocked.Increment(ref _made);
}
