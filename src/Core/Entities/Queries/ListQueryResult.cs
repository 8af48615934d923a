using Millwright.Core.Errors;

namespace Millwright.Core.Entities.Queries;

/// <summary>A parsed list request, or everything that is wrong with it.</summary>
/// <param name="Query">The request; null if there are problems.</param>
/// <param name="Problems">Each parameter at fault, in the order of the request.</param>
public sealed record ListQueryResult(ListQuery? Query, IReadOnlyList<ErrorDetail> Problems);
