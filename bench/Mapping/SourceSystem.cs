namespace Millwright.Bench.Mapping;

/// <summary>Whose JSON the page is in.</summary>
public enum SourceSystem
{
    /// <summary>A REST system's plain JSON.</summary>
    Rest,

    /// <summary>Tryton's, with objects for decimals, dates and times.</summary>
    Tryton,
}
