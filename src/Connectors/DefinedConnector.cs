using Millwright.Connectors.Definitions;
using Millwright.Connectors.Protocols;
using Millwright.Connectors.Webhooks;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Core.Webhooks;

namespace Millwright.Connectors;

/// <summary>A connector that is its definition, spoken by a protocol. Compiled at first use.</summary>
internal sealed class DefinedConnector : IConnector
{
    private readonly ConnectorDefinition _definition;
    private readonly IProtocol _protocol;
    private readonly ConnectorRuntime _runtime;
    private readonly Lazy<ConnectorPlan> _plan;
    private readonly Lazy<Platform> _platform;
    private readonly Lazy<DefinedWebhooks?> _webhooks;

    public DefinedConnector(ConnectorDefinition definition, IProtocol protocol, EntityModel model, ConnectorRuntime runtime)
    {
        _definition = definition;
        _protocol = protocol;
        _runtime = runtime;
        _plan = new(() => ConnectorPlan.Compile(definition, model, protocol.Dialect));
        _platform = new(() => Capabilities.Of(_plan.Value, protocol));
        _webhooks = new(() => DefinedWebhooks.Compile(_plan.Value));
    }

    /// <summary>The system's name, known without compiling.</summary>
    public string Provider => _definition.Provider;

    /// <inheritdoc/>
    public Platform Platform => _platform.Value;

    /// <inheritdoc/>
    public IWebhookFormat? Webhooks => _webhooks.Value;

    /// <inheritdoc/>
    public IConnectedSystem Open(IReadOnlyDictionary<string, string> credentials, IAccessTokenStore tokens)
    {
        var problems = new List<ErrorDetail>();
        foreach (var field in _definition.Credentials)
        {
            var value = credentials.GetValueOrDefault(field.Name);
            if (string.IsNullOrEmpty(value))
            {
                if (!field.Optional)
                {
                    problems.Add(new ErrorDetail($"credentials.{field.Name}", "is required"));
                }
            }
            else if (field.Kind == CredentialKind.Url && !IsAddress(value))
            {
                problems.Add(new ErrorDetail($"credentials.{field.Name}", "must be an address that begins with https:// or http://, without user name, query and fragment"));
            }
        }

        return problems.Count == 0
            ? _protocol.Open(_plan.Value, credentials, tokens, _runtime)
            : throw new ApiException(ErrorCode.ValidationFailed, "The credentials do not have the form that the system needs.") { Details = problems };
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { UserInfo: "", Query: "", Fragment: "" };
}
