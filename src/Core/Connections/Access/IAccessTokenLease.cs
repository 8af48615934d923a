namespace Millwright.Core.Connections.Access;

/// <summary>The right to replace a connection's access token, for a time. Disposed, it ends and others may have it at once.</summary>
public interface IAccessTokenLease : IAsyncDisposable
{
    /// <summary>Whether its time has passed, so that somebody else may have it.</summary>
    bool HasRunOut { get; }
}
