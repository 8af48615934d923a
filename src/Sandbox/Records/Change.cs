namespace Millwright.Sandbox.Records;

/// <summary>What a write does to a record.</summary>
/// <param name="Kind">One of the constants.</param>
/// <param name="Record">The record after it; the last one there was when it is deleted.</param>
/// <param name="At">When.</param>
internal sealed record Change(string Kind, Record Record, DateTimeOffset At)
{
    public const string Created = "created";
    public const string Updated = "updated";
    public const string Deleted = "deleted";

    /// <summary>What the database keeps of it.</summary>
    public StoredRow Row => Kind == Deleted ? StoredRow.Deleted(Record) : StoredRow.Of(Record);
}
