namespace Millwright.Core.Storage;

/// <summary>One write of a transaction.</summary>
public abstract record TableWrite
{
    private TableWrite(TableRow row) => Row = row;

    /// <summary>The row written.</summary>
    public TableRow Row { get; }

    /// <summary>Inserts a row whose keys must be free.</summary>
    public sealed record Insert(TableRow NewRow) : TableWrite(NewRow);

    /// <summary>Replaces a row that must still have the ETag it carries.</summary>
    public sealed record Replace(TableRow ChangedRow) : TableWrite(ChangedRow);

    /// <summary>Deletes a row that must exist, and must have the ETag it carries if it carries one.</summary>
    public sealed record Delete(TableRow OldRow) : TableWrite(OldRow);
}
