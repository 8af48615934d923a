using System.Text;

namespace Millwright.Core.Storage;

/// <summary>
/// The bounds of Azure Table Storage, which every adapter keeps so that what works on a laptop works on Azure.
/// Source: "Understanding the Table service data model" in the Azure Storage REST documentation.
/// </summary>
public static class TableLimits
{
    /// <summary>Characters of a partition key or a row key.</summary>
    public const int KeyLength = 512;

    /// <summary>Characters of a property's name.</summary>
    public const int PropertyNameLength = 255;

    /// <summary>Bytes of one property; text counts two bytes a character.</summary>
    public const int PropertyBytes = 64 * 1024;

    /// <summary>Bytes of a row, its keys and property names included.</summary>
    public const int RowBytes = 1024 * 1024;

    /// <summary>Properties of a row beside its keys.</summary>
    public const int Properties = 252;

    /// <summary>Writes in one transaction.</summary>
    public const int TransactionWrites = 100;

    /// <summary>Bytes of one transaction as it goes over the wire.</summary>
    public const int TransactionBytes = 4 * 1024 * 1024;

    /// <summary>The earliest time a property can hold.</summary>
    public static readonly DateTimeOffset EarliestTime = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Checks a table's name.</summary>
    /// <exception cref="StorageLimitException">
    /// It is not 3 to 63 ASCII letters and digits with a letter first, or it is the reserved <c>tables</c>.
    /// </exception>
    public static void CheckName(string name)
    {
        if (name.Length is < 3 or > 63 || !char.IsAsciiLetter(name[0]) || !name.All(char.IsAsciiLetterOrDigit)
            || name.Equals("tables", StringComparison.OrdinalIgnoreCase))
        {
            throw new StorageLimitException($"'{name}' is not a table name: 3 to 63 letters and digits, a letter first, and not 'tables'.");
        }
    }

    /// <summary>Checks a key. Encode what may hold other characters with <see cref="TableKey.Encode"/>.</summary>
    /// <exception cref="StorageLimitException">It is too long or holds a character that a key may not hold.</exception>
    public static void CheckKey(string key)
    {
        if (key.Length > KeyLength)
        {
            throw new StorageLimitException($"A key of {key.Length} characters is over the limit of {KeyLength}.");
        }

        if (key.AsSpan().IndexOfAny(TableKey.Forbidden) is var at and >= 0)
        {
            throw new StorageLimitException($"A key may not hold U+{(int)key[at]:X4}.");
        }

        if (!IsWellFormed(key))
        {
            throw new StorageLimitException("A key may not hold half a surrogate pair.");
        }
    }

    /// <summary>Checks a row's keys, properties and size.</summary>
    /// <exception cref="StorageLimitException">A bound is exceeded; the message says which.</exception>
    public static void CheckRow(TableRow row)
    {
        CheckKey(row.PartitionKey);
        CheckKey(row.RowKey);
        if (row.Properties.Count > Properties)
        {
            throw new StorageLimitException($"{row.Properties.Count} properties are over the limit of {Properties}.");
        }

        var total = 2L * (row.PartitionKey.Length + row.RowKey.Length);
        foreach (var (name, value) in row.Properties)
        {
            CheckPropertyName(name);
            var size = SizeOf(name, value);
            if (size > PropertyBytes)
            {
                throw new StorageLimitException($"Property '{name}' of {size} bytes is over the limit of {PropertyBytes}.");
            }

            total += size + (2L * name.Length) + 8;
        }

        if (total > RowBytes)
        {
            throw new StorageLimitException($"A row of {total} bytes is over the limit of {RowBytes}.");
        }
    }

    /// <summary>Checks a transaction's size, partition and rows.</summary>
    /// <exception cref="StorageLimitException">A bound is exceeded; the message says which.</exception>
    public static void CheckTransaction(IReadOnlyList<TableWrite> writes)
    {
        if (writes.Count is 0 or > TransactionWrites)
        {
            throw new StorageLimitException($"A transaction holds 1 to {TransactionWrites} writes, not {writes.Count}.");
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var write in writes)
        {
            CheckRow(write.Row);
            if (write.Row.PartitionKey != writes[0].Row.PartitionKey)
            {
                throw new StorageLimitException("A transaction stays in one partition.");
            }

            if (!keys.Add(write.Row.RowKey))
            {
                throw new StorageLimitException("A transaction writes a row at most once.");
            }
        }

        if (TransactionSize.Of(writes) is var size and > TransactionBytes)
        {
            throw new StorageLimitException($"A transaction of {size} bytes is over the limit of {TransactionBytes}.");
        }
    }

    private static void CheckPropertyName(string name)
    {
        if (name.Length is 0 or > PropertyNameLength || char.IsAsciiDigit(name[0])
            || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || name is "PartitionKey" or "RowKey" or "Timestamp")
        {
            throw new StorageLimitException(
                $"'{name}' is not a property name: 1 to {PropertyNameLength} letters, digits and _, no digit first, "
                + "and not PartitionKey, RowKey or Timestamp.");
        }
    }

    // What no UTF-8 text can hold would come back changed.
    private static bool IsWellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]) && !(at + 1 < text.Length && char.IsSurrogatePair(text[at], text[++at])))
            {
                return false;
            }
        }

        return true;
    }

    private static int SizeOf(string name, object value) => value switch
    {
        string text when IsWellFormed(text) => Encoding.Unicode.GetByteCount(text),
        string => throw new StorageLimitException($"Property '{name}' holds half a surrogate pair."),
        byte[] bytes => bytes.Length,
        double number when !double.IsFinite(number) => throw new StorageLimitException($"Property '{name}' is {number}, which is no number."),
        long or double => 8,
        bool => 1,
        DateTimeOffset time when time >= EarliestTime => 8,
        DateTimeOffset time => throw new StorageLimitException($"Property '{name}' is before 1601: {time:O}."),
        _ => throw new StorageLimitException($"Property '{name}' has type {value.GetType().Name}, which a table does not hold."),
    };
}
