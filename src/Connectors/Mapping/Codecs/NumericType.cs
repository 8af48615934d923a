namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>What a number is in the unified model.</summary>
public enum NumericType
{
    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,

    /// <summary>An exact decimal, text in unified JSON.</summary>
    Exact,
}
