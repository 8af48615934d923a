using System.Text;
using System.Text.Json;

namespace Millwright.Functions.Tests.Fuzzing;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record WireAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsJson => Headers.TryGetValue("Content-Type", out var type) && type.StartsWith("application/json", StringComparison.Ordinal);

    public string? Code => IsJson && !IsSuccess ? JsonDocument.Parse(Text).RootElement.GetProperty("error").GetProperty("code").GetString() : null;

    public static WireAnswer Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            throw new InvalidDataException($"Cut off: {Encoding.Latin1.GetString(bytes)}");
        }

        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).GroupBy(h => h[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(h => h.Key, h => string.Join(',', h.Select(v => v[1])), StringComparer.OrdinalIgnoreCase);
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        return new WireAnswer(int.Parse(lines[0].Split(' ')[1]), headers, strict.GetString(bytes, end + 4, bytes.Length - end - 4));
    }
}
