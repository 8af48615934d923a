using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Millwright.Bench.Webhooks.Load;

/// <summary>
/// One HTTP/1.1 connection that is kept alive. It knows just enough of HTTP to find the end of an answer: a full client would take more of
/// the machine, which it shares with the server that is measured, than that server does.
/// </summary>
internal sealed class LoadConnection(Uri url) : IDisposable
{
    private static ReadOnlySpan<byte> ContentLength => "Content-Length:"u8;

    private static ReadOnlySpan<byte> LastChunk => "0\r\n\r\n"u8;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private Socket? _socket;

    /// <summary>Sends a request and reads its answer to the end.</summary>
    /// <returns>The status; 0 where the connection broke, which the next call opens again.</returns>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            _socket ??= await ConnectAsync(cancellationToken);
            await _socket.SendAsync(request, SocketFlags.None, cancellationToken);
            return await ReadAnswerAsync(_socket, cancellationToken);
        }
        catch (SocketException)
        {
            Dispose();
            await Task.Delay(10, cancellationToken);
            return 0;
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port, cancellationToken);
        return socket;
    }

    private async ValueTask<int> ReadAnswerAsync(Socket socket, CancellationToken cancellationToken)
    {
        var read = 0;
        var end = -1;
        while (end < 0 || read < end)
        {
            var more = await socket.ReceiveAsync(_buffer.AsMemory(read), SocketFlags.None, cancellationToken);
            if (more == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            read += more;
            end = EndOf(_buffer.AsSpan(0, read));
        }

        return Utf8Parser.TryParse(_buffer.AsSpan("HTTP/1.1 ".Length), out int status, out _) ? status : 0;
    }

    /// <summary>Where the answer ends; -1 while that cannot be told.</summary>
    private static int EndOf(ReadOnlySpan<byte> answer)
    {
        var body = answer.IndexOf("\r\n\r\n"u8) + 4;
        if (body < 4)
        {
            return -1;
        }

        foreach (var range in answer[..body].Split("\r\n"u8))
        {
            var header = answer[range];
            if (header.Length > ContentLength.Length
                && Ascii.EqualsIgnoreCase(header[..ContentLength.Length], ContentLength)
                && Utf8Parser.TryParse(header[ContentLength.Length..].TrimStart((byte)' '), out int length, out _))
            {
                return body + length;
            }
        }

        return answer[body..].IndexOf(LastChunk) is >= 0 and var last ? body + last + LastChunk.Length : -1;
    }
}
