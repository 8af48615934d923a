using System.Text.Json;
using Millwright.Core.Polling;
using Millwright.Functions.Http;

namespace Millwright.Functions.Polling;

/// <summary>The body of <c>POST /api/sync</c>; all of it may be left out.</summary>
internal static class SyncRequestBody
{
    public static SyncRequest Parse(JsonElement body)
    {
        var json = new JsonBody(body, "entities", "compare", "accept_deletions");
        var accepts = json.Flag("accept_deletions");
        var entities = json.OptionalList("entities", SyncSettingsBody.MaxEntities, SyncSettingsBody.MaxNameLength);
        var request = new SyncRequest(entities, json.Flag("compare") || accepts, accepts) { Announced = entities is not null };
        json.Done();
        return request;
    }
}
