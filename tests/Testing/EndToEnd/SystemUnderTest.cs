namespace Millwright.Testing.EndToEnd;

/// <summary>A system that the end-to-end suite runs against. The requests are the same on every one; only what is here differs.</summary>
/// <param name="Provider">Its name in the API.</param>
/// <param name="Credentials">Credentials that work.</param>
/// <param name="SecretName">The credential that a wrong value makes unusable.</param>
/// <param name="OrderStatuses">Statuses that a new purchase order can go through, one after the other, as the system calls them.</param>
public sealed record SystemUnderTest(
    string Provider, IReadOnlyDictionary<string, string> Credentials, string SecretName, IReadOnlyList<string> OrderStatuses)
{
    /// <summary>The same credentials with one that is wrong.</summary>
    public IReadOnlyDictionary<string, string> WrongCredentials =>
        new Dictionary<string, string>(Credentials) { [SecretName] = "wrong-9f27c1" };

    /// <summary>The same system at another address.</summary>
    public SystemUnderTest At(Uri address) =>
        this with { Credentials = new Dictionary<string, string>(Credentials) { ["url"] = address.ToString() } };
}
