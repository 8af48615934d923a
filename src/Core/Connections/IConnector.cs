using Millwright.Core.Connections.Access;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Connections;

/// <summary>Knows one kind of system, such as Tryton or SAP S/4HANA.</summary>
public interface IConnector
{
    /// <summary>What the system is, what it needs and what it can do.</summary>
    Platform Platform { get; }

    /// <summary>What the system's webhooks look like; null where it sends none.</summary>
    IWebhookFormat? Webhooks { get; }

    /// <summary>A client for one customer's system. Touches nothing yet.</summary>
    /// <param name="credentials">By the names of <see cref="Connections.Platform.Credentials"/>, every required one given.</param>
    /// <param name="tokens">Where the connection's access token is kept, for systems that issue one.</param>
    /// <exception cref="Errors.ApiException"><c>VALIDATION_FAILED</c>: a credential has a wrong form, such as a URL that is none.</exception>
    IConnectedSystem Open(IReadOnlyDictionary<string, string> credentials, IAccessTokenStore tokens);
}
