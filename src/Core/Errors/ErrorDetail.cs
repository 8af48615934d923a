namespace Millwright.Core.Errors;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Field">The field or parameter, such as <c>lineItems[0].quantity</c> or <c>filter[name:gt]</c>.</param>
/// <param name="Message">What is wrong with it, for a person.</param>
public readonly record struct ErrorDetail(string Field, string Message);
