using Millwright.Core.Errors;

namespace Millwright.Connectors.Mapping;

/// <summary>What is wrong with a body, collected so that the caller sees all of it at once.</summary>
internal sealed class BodyProblems
{
    private readonly List<ErrorDetail> _details = [];

    public void Add(string field, string message) => _details.Add(new ErrorDetail(field, message));

    public void ThrowIfAny(string entity)
    {
        if (_details.Count > 0)
        {
            throw new ApiException(ErrorCode.ValidationFailed, $"The body does not fit what the connected system takes for {entity}.") { Details = _details };
        }
    }
}
