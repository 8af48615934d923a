using System.Buffers;
using System.Globalization;
using Millwright.Core.Errors;

namespace Millwright.Core.Events;

/// <summary>A place in the change feed: after the event with this row key, which is its time and id.</summary>
/// <param name="Key">The row key; empty for the start.</param>
internal readonly record struct FeedCursor(string Key)
{
    private const int TicksLength = 16;
    private const int MaxLength = 128;

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Before everything.</summary>
    public static FeedCursor Start { get; } = new("");

    /// <summary>The time of the event.</summary>
    public DateTimeOffset Time => Key.Length == 0
        ? DateTimeOffset.MinValue
        : new DateTimeOffset(long.Parse(Key.AsSpan(0, TicksLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>The first key that can come after it; null for all.</summary>
    public string? AfterKey => Key.Length == 0 ? null : Key + '\0';

    /// <summary>The place of this row.</summary>
    public static FeedCursor Of(string rowKey) => new(rowKey);

    /// <summary>The event's row key: ordinal order is the order of time.</summary>
    public static string KeyOf(FeedEvent e) => $"{At(e.At)}-{e.Id}";

    /// <summary>The id in a row key.</summary>
    public static string IdOf(string rowKey) => rowKey[(TicksLength + 1)..];

    /// <summary>What the row keys of this time start with.</summary>
    public static string At(DateTimeOffset time) => time.UtcTicks.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="ApiException"><c>INVALID_CURSOR</c>.</exception>
    public static FeedCursor Parse(string text)
    {
        if (text == "start")
        {
            return Start;
        }

        return text.Length is > TicksLength + 1 and <= MaxLength
            && text[TicksLength] == '-'
            && long.TryParse(text.AsSpan(0, TicksLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
            && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            && text.AsSpan(TicksLength + 1).IndexOfAnyExcept(IdCharacters) < 0
                ? new FeedCursor(text)
                : throw new ApiException(ErrorCode.InvalidCursor, "The cursor is not one that the change feed gave.") { Details = [new ErrorDetail("cursor", "One from an earlier answer, or none.")] };
    }

    /// <inheritdoc/>
    public override string ToString() => Key.Length == 0 ? "start" : Key;
}
