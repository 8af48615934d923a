using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Millwright.Bench.Webhooks.Load;

/// <summary>Writes signed webhooks into one buffer, one after the other: a few microseconds each, within the process that measures.</summary>
internal sealed class WebhookWriter : IDisposable
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private readonly WebhookSource _source;
    private readonly WebhookTemplate _template;
    private readonly byte[] _request;
    private readonly IncrementalHash _hash;
    private readonly Range _numberAt;

    public WebhookWriter(WebhookSource source, WebhookTemplate template, byte[] key)
    {
        (_source, _template) = (source, template);
        _request = [.. template.Request];
        _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        var prefix = Encoding.ASCII.GetBytes($"msg_{source.Run}", _request.AsSpan(template.IdAt));
        _numberAt = (template.IdAt.Start.Value + prefix)..template.IdAt.End;
    }

    /// <summary>The next webhook's request; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Write()
    {
        var number = _source.Next();
        var now = DateTimeOffset.UtcNow;
        Put(_numberAt, number);
        Put(_template.SecondsAt, now.ToUnixTimeSeconds());
        foreach (var place in _template.RecordAt)
        {
            Put(place, WebhookTemplate.FirstRecord + (number % WebhookTemplate.Records));
        }

        foreach (var place in _template.VersionAt)
        {
            Put(place, WebhookTemplate.FirstVersion + number);
        }

        foreach (var place in _template.TimeAt)
        {
            now.TryFormat(_request.AsSpan(place), out _, TimeFormat, CultureInfo.InvariantCulture);
        }

        Sign();
        return _request;
    }

    public void Dispose() => _hash.Dispose();

    private void Put(Range place, long number) => number.TryFormat(
        _request.AsSpan(place), out _, (place.End.Value - place.Start.Value) switch { 4 => "D4", 9 => "D9", 10 => "D10", _ => "D12" }, CultureInfo.InvariantCulture);

    private void Sign()
    {
        _hash.AppendData(_request.AsSpan(_template.IdAt));
        _hash.AppendData("."u8);
        _hash.AppendData(_request.AsSpan(_template.SecondsAt));
        _hash.AppendData("."u8);
        _hash.AppendData(_request.AsSpan(_template.Body));
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _hash.GetHashAndReset(signature);
        Base64.EncodeToUtf8(signature, _request.AsSpan(_template.SignatureAt), out _, out _);
    }
}
