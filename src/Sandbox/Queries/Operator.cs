namespace Millwright.Sandbox.Queries;

/// <summary>How a filter compares.</summary>
internal enum Operator
{
    Equal,
    In,
    Contains,
    StartsWith,
    EndsWith,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}
