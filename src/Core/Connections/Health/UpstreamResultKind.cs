namespace Millwright.Core.Connections.Health;

/// <summary>What a call says about the connected system.</summary>
public enum UpstreamResultKind
{
    /// <summary>Nothing: the failure is ours, or lies in the pace of calls.</summary>
    Neutral,

    /// <summary>The system works: it answered, if only that the caller's data or rights do not do.</summary>
    Answered,

    /// <summary>The system failed, or could not be reached.</summary>
    Failed,

    /// <summary>The system refuses the credentials, and refused them again when they were proved.</summary>
    Refused,
}
