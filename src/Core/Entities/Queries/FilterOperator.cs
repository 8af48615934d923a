namespace Millwright.Core.Entities.Queries;

/// <summary>How a filter compares a field with its value.</summary>
public enum FilterOperator
{
    /// <summary><c>filter[field]</c>: the same value; for an array, one of its items is.</summary>
    Equal,

    /// <summary><c>filter[field:contains]</c>: the text is part of the field.</summary>
    Contains,

    /// <summary><c>filter[field:startsWith]</c>.</summary>
    StartsWith,

    /// <summary><c>filter[field:endsWith]</c>.</summary>
    EndsWith,

    /// <summary><c>filter[field:gt]</c>.</summary>
    GreaterThan,

    /// <summary><c>filter[field:gteq]</c>.</summary>
    GreaterThanOrEqual,

    /// <summary><c>filter[field:lt]</c>.</summary>
    LessThan,

    /// <summary><c>filter[field:lteq]</c>, also <c>lted</c>.</summary>
    LessThanOrEqual,

    /// <summary><c>filter[field:in]</c>: equal to one of several values, separated by commas.</summary>
    In,
}
