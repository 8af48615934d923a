namespace Millwright.Connectors.Protocols.OAuth;

/// <summary>How a token request proves which client sends it.</summary>
public enum OAuthClientAuthentication
{
    /// <summary>Id and secret in an <c>Authorization: Basic</c> header.</summary>
    Basic,

    /// <summary>Id and secret, where there is one, in the form.</summary>
    Form,
}
