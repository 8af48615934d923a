namespace Millwright.Sandbox.Schema;

/// <summary>A nested list that has a route of its own, <c>/v1/{collection}/{id}/{Route}</c>.</summary>
internal sealed record SubList(string Route, string Field, bool Writable = false);
