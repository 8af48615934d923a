using Millwright.Core.Entities;
using Millwright.Core.Entities.OpenApi;
using Millwright.Core.Identity;

namespace Millwright.Core.Events;

/// <summary>Makes events of any type for trying an endpoint out, with the examples of the unified model as their data.</summary>
public sealed class SampleEvents(EntityModel model, Ids ids, TimeProvider time)
{
    private const string SampleConnection = "00000000000000000000000000000000";

    // The key of every example record.
    private const string SampleKey = "1042";

    /// <summary>A sample. Its id starts with <c>test_</c>, which no real event's does.</summary>
    /// <param name="applicationId">The application that asks.</param>
    /// <param name="type">One of <see cref="EventTypes.All"/>.</param>
    public FeedEvent Of(string applicationId, string type)
    {
        var at = time.GetUtcNow();
        var id = $"test_{ids.New()}";
        var dot = type.LastIndexOf('.');
        var entity = model.Find(type[..dot]);
        var json = entity is null
            ? EventJson.Of(id, type, at, [], "{}")
            : EventJson.Of(
                id,
                type,
                at,
                [("connectionId", SampleConnection), ("entity", entity.Name), ("key", SampleKey)],
                type.EndsWith(".deleted", StringComparison.Ordinal) ? $$"""{"key":"{{SampleKey}}"}""" : Examples.Record(entity.Record));
        return new FeedEvent(id, type, at, applicationId, null, json) { Entity = entity?.Name };
    }
}
