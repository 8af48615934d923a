namespace Millwright.Core.Entities.Queries;

/// <summary>How several filters combine.</summary>
public enum FilterMatch
{
    /// <summary>A record matches all of them.</summary>
    All,

    /// <summary>A record matches at least one.</summary>
    Any,
}
