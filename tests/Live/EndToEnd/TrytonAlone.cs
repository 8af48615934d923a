namespace Millwright.Live.Tests.EndToEnd;

/// <summary>For tests that would see what others do to the same Tryton.</summary>
[CollectionDefinition(nameof(TrytonAlone), DisableParallelization = true)]
public sealed class TrytonAlone;
