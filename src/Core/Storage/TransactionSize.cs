using System.Text.Json;

namespace Millwright.Core.Storage;

/// <summary>
/// The most bytes a transaction takes on the way to Azure: a part of a multipart body for each write, its keys in the address and again in
/// the content, text as JSON in ASCII (six bytes for most characters that are not letters or digits), bytes as base64.
/// </summary>
internal static class TransactionSize
{
    private const int WriteOverhead = 1024;
    private const int PropertyOverhead = 64;
    private const int KeyCharacter = 15;

    internal static long Of(IReadOnlyList<TableWrite> writes) => writes.Sum(w => Of(w.Row));

    private static long Of(TableRow row) =>
        WriteOverhead
        + (KeyCharacter * (row.PartitionKey.Length + row.RowKey.Length))
        + row.Properties.Sum(p => PropertyOverhead + (2L * p.Key.Length) + Of(p.Value));

    private static long Of(object value) => value switch
    {
        string text => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length,
        byte[] bytes => bytes.Length * 3L / 2,
        _ => 0, // Within the overhead.
    };
}
