namespace Millwright.Core.Webhooks.Signatures;

/// <summary>Where a shared secret comes along.</summary>
public enum SecretPlace
{
    /// <summary>In a header.</summary>
    Header,

    /// <summary>In a parameter of the address's query.</summary>
    Query,
}
