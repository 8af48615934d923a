namespace Millwright.Connectors.Definitions.Yaml;

/// <summary>A part of a definition that knows its place, for messages.</summary>
public interface IHasLine
{
    /// <summary>The line in the file, from 1; 0 where it was not read from one.</summary>
    int Line { get; set; }
}
