using Millwright.LocalHost.Invocation;

namespace Millwright.LocalHost.Hosting;

/// <summary>The app's functions in the order of their names.</summary>
internal sealed record FunctionSet(IReadOnlyList<LocalFunction> All);
