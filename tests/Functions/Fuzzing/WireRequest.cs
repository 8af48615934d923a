using System.Net.Sockets;
using System.Text;

namespace Millwright.Functions.Tests.Fuzzing;

/// <summary>A request written to the wire as it is, since a client library would repair or refuse it.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Target">Path and query; one byte a character.</param>
/// <param name="Headers">One byte a character.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed record WireRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Sends it and reads the answer to its end.</summary>
    public async Task<WireAnswer> SendAsync(Uri address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, limit.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Head(address), limit.Token);
        if (Body is not null)
        {
            await stream.WriteAsync(Body, limit.Token);
        }

        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, limit.Token);
        return WireAnswer.Parse(answer.ToArray());
    }

    public override string ToString()
    {
        var text = $"{Method} {Target}\n{string.Join('\n', Headers)}\n{(Body is null ? "" : Encoding.Latin1.GetString(Body))}";
        return text.Length <= 4_000 ? text : text[..4_000] + "…";
    }

    // HTTP/1.0, so that the answer is neither chunked nor followed by another.
    private byte[] Head(Uri address)
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.0\r\n");
        foreach (var (name, value) in Body is null ? Headers : [.. Headers, ("Content-Length", $"{Body.Length}")])
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (Headers.All(h => h.Name != "Host"))
        {
            head.Append("Host: ").Append(address.Authority).Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }
}
