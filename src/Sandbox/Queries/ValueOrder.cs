namespace Millwright.Sandbox.Queries;

/// <summary>The order of a record's values: texts by code unit, flags false first, no value last.</summary>
internal static class ValueOrder
{
    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        (string a, string b) => string.CompareOrdinal(a, b),
        (decimal a, decimal b) => a.CompareTo(b),
        _ => ((bool)left).CompareTo((bool)right),
    };
}
