namespace Millwright.Core.Entities.Queries;

/// <summary>One key of a list's order.</summary>
/// <param name="Field">The field; its name is the whole path for a field inside another one.</param>
/// <param name="Descending">Whether the greatest comes first.</param>
public sealed record Sort(Field Field, bool Descending);
