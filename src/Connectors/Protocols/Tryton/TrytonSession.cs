namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>An open session.</summary>
/// <param name="Authorization">The header's value.</param>
/// <param name="Context">The user's preferences, which every call carries: company, language, groups. A JSON object.</param>
internal sealed record TrytonSession(string Authorization, ReadOnlyMemory<byte> Context)
{
    /// <summary>Nothing that could be logged by accident.</summary>
    public override string ToString() => nameof(TrytonSession);
}
