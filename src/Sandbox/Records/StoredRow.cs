namespace Millwright.Sandbox.Records;

/// <summary>A record as the database keeps it.</summary>
/// <param name="Collection">The collection's name.</param>
/// <param name="Id">The record's id.</param>
/// <param name="Sequence">Its running number within the collection.</param>
/// <param name="Json">Its content; null once deleted.</param>
internal sealed record StoredRow(string Collection, string Id, long Sequence, byte[]? Json)
{
    public static StoredRow Of(Record record) => new(record.Collection.Name, record.Id, record.Sequence, record.Json);

    public static StoredRow Deleted(Record record) => Of(record) with { Json = null };
}
