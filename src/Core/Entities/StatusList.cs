using System.Text.Json;
using Millwright.Core.Connections;
using Millwright.Core.Entities.Queries;

namespace Millwright.Core.Entities;

/// <summary>The statuses that an entity's records can have. They are part of the connector, so no call goes to the system.</summary>
internal static class StatusList
{
    public static EntityAnswer Answer(EntityCapability capability, ListQuery query)
    {
        var page = capability.Statuses.Skip((int)Math.Min((query.Page - 1L) * query.PerPage, int.MaxValue)).Take(query.PerPage).ToList();
        var data = JsonSerializer.SerializeToUtf8Bytes(page.Select(status => new { key = status.Key, name = status.Value, code = status.Key }));
        return new EntityAnswer(new EntityResult(data) { Count = page.Count, Total = capability.Statuses.Count }, query);
    }
}
