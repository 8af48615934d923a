using Millwright.Core.Identity;

namespace Millwright.Core.Events;

/// <summary>Makes the ids of events of what they are about, so that one that is told again, after a crash or by another process, is the same.</summary>
internal static class EventId
{
    private const int Digits = 32;

    /// <summary>The id.</summary>
    /// <param name="what">What tells the event from every other one.</param>
    public static string Of(string what) => "evt_" + SecretHash.Of(what)[..Digits];
}
