namespace Millwright.Core.Webhooks.Signatures;

/// <summary>How a system's webhooks prove who sent them.</summary>
public abstract record SignatureScheme;
