namespace Millwright.Connectors.Protocols.Tryton.Settings;

/// <summary>A workflow button. Tryton ignores a button without a word in a state that does not allow it, so the state is read back after each.</summary>
public sealed record TrytonButton
{
    /// <summary>The method's name.</summary>
    public required string Name { get; init; }

    /// <summary>The source states that it works in.</summary>
    public required IReadOnlyList<string> From { get; init; }

    /// <summary>The source states that it may lead to. Some go on by themselves: a confirmed order is processed at once where no queue runs.</summary>
    public required IReadOnlyList<string> To { get; init; }
}
