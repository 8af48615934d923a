namespace Millwright.Sandbox.Schema;

/// <summary>What a caller may do with a collection beyond reading it.</summary>
[Flags]
internal enum Verbs
{
    None = 0,
    Create = 1,
    Update = 2,
    Delete = 4,
    All = Create | Update | Delete,
}
