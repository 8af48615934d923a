using Millwright.Core.Events.Delivering;

namespace Millwright.Functions.Endpoints;

/// <summary>A delivery as the API shows it.</summary>
internal static class DeliveryView
{
    public static object Of(DeliveryRecord delivery) => new
    {
        key = delivery.Id,
        delivery.EventId,
        delivery.Type,
        connection = delivery.ConnectionId,
        delivery.State,
        created_at = delivery.At,
        next_try_at = delivery.NextTryAt,
        attempts = delivery.Attempts.Select(a => new { a.At, a.Status, a.Error, a.Response }),
    };
}
