namespace Millwright.Core.Connections;

/// <summary>What a credential is.</summary>
public enum CredentialKind
{
    /// <summary>Plain text that may be shown, such as a user name.</summary>
    Text,

    /// <summary>An absolute http or https address.</summary>
    Url,

    /// <summary>Text that is never shown again, such as a password.</summary>
    Secret,
}
