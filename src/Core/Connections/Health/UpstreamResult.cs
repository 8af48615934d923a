using System.Collections.Frozen;
using Millwright.Core.Errors;

namespace Millwright.Core.Connections.Health;

/// <summary>What a call to a connected system came to.</summary>
/// <param name="Operation">Such as <c>purchase-orders.list</c>.</param>
/// <param name="Kind">What it says about the system.</param>
/// <param name="Code">The error; null for none.</param>
/// <param name="Message">What happened, for a person; empty without an error.</param>
public sealed record UpstreamResult(string Operation, UpstreamResultKind Kind, ErrorCode? Code = null, string Message = "")
{
    // The errors that only the system itself can give, about the caller's data or rights. Other errors of the caller are found here, before it is asked.
    private static readonly FrozenSet<ErrorCode> Answers =
        FrozenSet.Create(ErrorCode.RecordNotFound, ErrorCode.Conflict, ErrorCode.StatusNotReachable, ErrorCode.SourceRejected, ErrorCode.PermissionDenied);

    /// <summary>Whether people on call want to read of the error: it lies in the system or the credentials, not in what a caller sent.</summary>
    public bool IsNotable => Code is { Owner: ErrorOwner.System or ErrorOwner.Credential } && Code != ErrorCode.ReauthorizationRequired;

    /// <summary>A call that did what it was to do.</summary>
    public static UpstreamResult Answered(string operation) => new(operation, UpstreamResultKind.Answered);

    /// <summary>A call that ended in an error. Refused credentials say nothing yet: they have to be proved first.</summary>
    public static UpstreamResult Of(string operation, ApiException error) => new(operation, KindOf(error), error.Code, error.Message);

    /// <summary>A call whose credentials were refused, as they were when they were proved.</summary>
    public static UpstreamResult Refused(string operation, ApiException error) => new(operation, UpstreamResultKind.Refused, error.Code, error.Message);

    private static UpstreamResultKind KindOf(ApiException error)
    {
        if (Answers.Contains(error.Code))
        {
            return UpstreamResultKind.Answered;
        }

        return error.Code.Owner == ErrorOwner.System && !error.HeldBack ? UpstreamResultKind.Failed : UpstreamResultKind.Neutral;
    }
}
