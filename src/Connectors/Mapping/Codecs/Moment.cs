namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>A date and time of day as a source gave it.</summary>
/// <param name="Local">Date and time in whole seconds, at the offset.</param>
/// <param name="OffsetMinutes">How far its clock is ahead of UTC. A time without an offset counts as UTC.</param>
/// <param name="Fraction">The digits after the second as a number, such as 12193 for <c>.012193</c>.</param>
/// <param name="FractionDigits">How many digits those are, 0 to 9.</param>
public readonly record struct Moment(DateTime Local, int OffsetMinutes = 0, int Fraction = 0, int FractionDigits = 0)
{
    /// <summary>The time in UTC, in whole seconds.</summary>
    public DateTime Utc => Local.AddMinutes(-OffsetMinutes);

    /// <summary>Whether <see cref="Utc"/> is within the years 1 to 9999.</summary>
    public bool HasUtc => Local.Ticks - (OffsetMinutes * TimeSpan.TicksPerMinute) is >= 0 and var ticks && ticks <= DateTime.MaxValue.Ticks;
}
