namespace Millwright.Core.Entities;

/// <summary>What hangs under an entity's records, such as the materials of a work order.</summary>
/// <param name="Name">Its name in the path: <c>/{entity}/{key}/{name}</c>.</param>
/// <param name="Description">What it is.</param>
/// <param name="Record">The type of the records that it answers with.</param>
/// <param name="Body">The type that its bodies have; null where none is taken.</param>
/// <param name="Operations">Of <c>list</c>, <c>create</c>, <c>update</c>.</param>
/// <param name="HasKeys">Whether an update names one of its records: <c>PUT /{entity}/{key}/{name}/{subKey}</c> rather than <c>PUT /{entity}/{key}/{name}</c>.</param>
public sealed record SubResource(string Name, string Description, RecordType Record, RecordType? Body, IReadOnlyList<string> Operations, bool HasKeys);
