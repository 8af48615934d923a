using System.Globalization;
using Millwright.Core.Identity;

namespace Millwright.Core.Events.Delivering;

/// <summary>
/// A delivery's id: 16 hex digits of the time left from the event to the end of time, so that later ones sort first, and 32 of the event id's
/// hash. It says in which month's table the delivery is.
/// </summary>
internal static class DeliveryId
{
    private const int TimeDigits = 16;
    private const int HashDigits = 32;

    /// <summary>The id of an event's delivery.</summary>
    public static string Of(FeedEvent happened) =>
        (DateTimeOffset.MaxValue.UtcTicks - happened.At.UtcTicks).ToString("x16", CultureInfo.InvariantCulture) + HashOf(happened.Id);

    /// <summary>What stands for an event's id in names and keys, whatever the id holds.</summary>
    public static string HashOf(string eventId) => SecretHash.Of(eventId)[..HashDigits];

    /// <summary>When the event of this id entered the feed; null where the text is no delivery's id.</summary>
    public static DateTimeOffset? TimeOf(string id)
    {
        if (id.Length != TimeDigits + HashDigits || !id.All(char.IsAsciiHexDigitLower)
            || !long.TryParse(id.AsSpan(0, TimeDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var left)
            || left < 0 || left > DateTimeOffset.MaxValue.UtcTicks)
        {
            return null;
        }

        return new DateTimeOffset(DateTimeOffset.MaxValue.UtcTicks - left, TimeSpan.Zero);
    }
}
