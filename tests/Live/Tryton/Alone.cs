namespace Millwright.Live.Tests.Tryton;

/// <summary>Tests that look at all records of the system, which no other test may change meanwhile.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
