namespace Millwright.Connectors.Definitions;

/// <summary>One thing that is wrong in a definition.</summary>
/// <param name="Line">Where, from 1; 0 where it is in no file.</param>
/// <param name="Message">What, for who writes the definition; a sentence.</param>
public readonly record struct DefinitionProblem(int Line, string Message);
