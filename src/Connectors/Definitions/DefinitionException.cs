using System.Globalization;

namespace Millwright.Connectors.Definitions;

/// <summary>A connector's definition is wrong.</summary>
/// <param name="file">The file; empty where it is not known.</param>
/// <param name="problems">All that is wrong.</param>
/// <param name="inner">The cause, where one exists.</param>
public sealed class DefinitionException(string file, IReadOnlyList<DefinitionProblem> problems, Exception? inner = null)
    : Exception(string.Join(Environment.NewLine, problems.Select(p => string.Create(CultureInfo.InvariantCulture, $"{file}:{p.Line}: {p.Message}"))), inner)
{
    /// <summary>The file; empty where it is not known.</summary>
    public string File { get; } = file;

    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; } = problems;
}
