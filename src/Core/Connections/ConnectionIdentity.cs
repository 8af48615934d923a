using Millwright.Core.Identity;

namespace Millwright.Core.Connections;

/// <summary>What a call needs to know of a connection; a token or a webhook says it without a read.</summary>
/// <param name="ApplicationId">The application that made it.</param>
/// <param name="Id">Our id.</param>
/// <param name="Provider">The kind of system.</param>
public sealed record ConnectionIdentity(string ApplicationId, string Id, string Provider)
{
    /// <summary>The connection that a connection's token stands for.</summary>
    public static ConnectionIdentity Of(TokenGrant grant) => new(grant.ApplicationId, grant.ConnectionId!, grant.Provider!);
}
