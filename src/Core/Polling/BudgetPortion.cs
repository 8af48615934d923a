namespace Millwright.Core.Polling;

/// <summary>Requests that were set aside to be made within <see cref="RequestBudget.PortionLife"/>.</summary>
/// <param name="At">When.</param>
/// <param name="Requests">How many.</param>
public sealed record BudgetPortion(DateTimeOffset At, int Requests);
