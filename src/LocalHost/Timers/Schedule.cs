using System.Globalization;
using System.Text.RegularExpressions;
using Cronos;

namespace Millwright.LocalHost.Timers;

/// <summary>When a timer fires, in UTC.</summary>
internal abstract partial class Schedule
{
    /// <summary>The first occurrence after a time; the end of time if there is none.</summary>
    public abstract DateTimeOffset Next(DateTimeOffset after);

    /// <summary>Reads six cron fields (seconds first), five, or a time span, as the Functions host does.</summary>
    /// <returns>The schedule, or null and what is wrong with the expression.</returns>
    public static Schedule? Parse(string expression, out string? problem)
    {
        problem = null;
        var fields = expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 1)
        {
            if (TimeSpan.TryParse(expression, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero)
            {
                return new Interval(interval);
            }

            problem = "it is neither a cron expression nor a time span above zero";
            return null;
        }

        if (OutsideNCrontab().IsMatch(expression))
        {
            problem = "the Functions host knows none of @ # ? L W";
            return null;
        }

        try
        {
            var cron = CronExpression.Parse(expression, fields.Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
            if (cron.GetNextOccurrence(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) is not null)
            {
                return new Cron(cron);
            }

            problem = "it never occurs";
        }
        catch (CronFormatException e)
        {
            problem = e.Message;
        }

        return null;
    }

    // Cronos reads more than NCrontab, the host's reader in Azure. What only it reads would fail there.
    [GeneratedRegex("[@#?]|[0-9][LW]|(?<![A-Z])[LW]{1,2}(?![A-Z])", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OutsideNCrontab();

    private sealed class Cron(CronExpression expression) : Schedule
    {
        public override DateTimeOffset Next(DateTimeOffset after) =>
            expression.GetNextOccurrence(after, TimeZoneInfo.Utc) ?? DateTimeOffset.MaxValue;
    }

    private sealed class Interval(TimeSpan interval) : Schedule
    {
        public override DateTimeOffset Next(DateTimeOffset after) => after + interval;
    }
}
