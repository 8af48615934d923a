namespace Millwright.Core.Connections.Health;

/// <summary>How a connected system does, by what its last calls came to.</summary>
public enum ConnectionStatus
{
    /// <summary>It answers.</summary>
    Online,

    /// <summary>It fails on some calls, or has only just begun to answer again.</summary>
    Degraded,

    /// <summary>It has failed on every call for a while. It is called all the same, which is how its return is seen.</summary>
    Offline,

    /// <summary>It refuses the credentials, so it is not called until it is reconnected.</summary>
    ReauthorizationRequired,
}
