using System.Text.Json.Serialization;

namespace Millwright.Core.Events.Delivering;

/// <summary>One try to deliver an event. Holds no secret.</summary>
/// <param name="At">When it began.</param>
/// <param name="Status">The HTTP status that was answered; null where no answer came.</param>
/// <param name="Error">Why it failed, as a sentence; null where the status says it.</param>
/// <param name="Response">The beginning of the answer's body; null where there is none.</param>
public sealed record DeliveryAttempt(DateTimeOffset At, int? Status, string? Error = null, string? Response = null)
{
    /// <summary>Whether the endpoint took the event.</summary>
    [JsonIgnore]
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>Whether the endpoint says that it is gone for good.</summary>
    [JsonIgnore]
    public bool Gone => Status == 410;
}
