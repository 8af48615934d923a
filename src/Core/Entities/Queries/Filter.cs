namespace Millwright.Core.Entities.Queries;

/// <summary>One condition on a list.</summary>
/// <param name="Field">The field; its name is the whole path for a field inside another one.</param>
/// <param name="Operator">How it compares.</param>
/// <param name="Values">
/// What it compares with: one value, or one to many for <see cref="FilterOperator.In"/>. Checked against the field's type and normalized:
/// decimals without superfluous zeros, <c>true</c> or <c>false</c>, <c>yyyy-MM-dd</c>, instants in UTC ending in <c>Z</c>.
/// </param>
public sealed record Filter(Field Field, FilterOperator Operator, IReadOnlyList<string> Values);
