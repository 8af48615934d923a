using Azure.Data.Tables;
using Millwright.Core.Storage;

namespace Millwright.OnAzure.Tables;

/// <summary>Rows to the SDK's entities and back. The types map one to one: long is Edm.Int64, a time is Edm.DateTime in UTC.</summary>
internal static class TableEntities
{
    internal static TableEntity From(TableRow row)
    {
        var entity = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row.Properties)
        {
            entity[name] = value is DateTimeOffset time ? time.ToUniversalTime() : value;
        }

        return entity;
    }

    internal static TableRow ToRow(TableEntity entity) => new(entity.PartitionKey, entity.RowKey)
    {
        ETag = entity.ETag.ToString(),
        Properties = entity.Where(p => !IsOfTheService(p.Key)).ToDictionary(StringComparer.Ordinal),
    };

    private static bool IsOfTheService(string property) =>
        property is "PartitionKey" or "RowKey" or "Timestamp" || property.StartsWith("odata.", StringComparison.Ordinal);
}
