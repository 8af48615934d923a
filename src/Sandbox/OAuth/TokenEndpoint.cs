namespace Millwright.Sandbox.OAuth;

/// <summary>Marks the endpoint whose callers give a client's id instead of a key.</summary>
internal sealed class TokenEndpoint
{
    public static TokenEndpoint Instance { get; } = new();
}
