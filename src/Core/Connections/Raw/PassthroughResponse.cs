namespace Millwright.Core.Connections.Raw;

/// <summary>A connected system's own answer.</summary>
/// <param name="Status">Its HTTP status.</param>
/// <param name="Headers">Without those of the transport, cookies and whatever may hold credentials.</param>
/// <param name="Body">Its body, decompressed.</param>
public sealed record PassthroughResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);
