using Millwright.Core.Events;

namespace Millwright.Core.Changes;

/// <summary>The difference between what was known of a record and what was seen.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Sequence">The number of the change among those of the record, from 1.</param>
/// <param name="BeforeHash">The hash of the content before; null where there was none or it was not known.</param>
/// <param name="AfterHash">The hash of the content after; null where the record is gone.</param>
public sealed record RecordChange(ChangeKind Kind, long Sequence, string? BeforeHash, string? AfterHash);
