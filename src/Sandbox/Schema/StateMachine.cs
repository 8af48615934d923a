namespace Millwright.Sandbox.Schema;

/// <summary>The states of a record and the legal moves between them.</summary>
/// <param name="Moves">Every state with the states it may move to; the first one is where records begin, one without moves is final.</param>
internal sealed record StateMachine(IReadOnlyList<(string From, string[] To)> Moves)
{
    /// <summary>The states in which a record may be deleted.</summary>
    public IReadOnlyList<string> Deletable { get; init; } = [];

    /// <summary>Fields that are set on reaching a state: moments to now, users to the caller.</summary>
    public IReadOnlyDictionary<string, string[]> Stamps { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);

    public string Initial => Moves[0].From;

    public string[] States => [.. Moves.Select(move => move.From)];

    public string[] AllowedFrom(string state) => Moves.Single(move => move.From == state).To;

    public bool IsFinal(string state) => AllowedFrom(state).Length == 0;
}
