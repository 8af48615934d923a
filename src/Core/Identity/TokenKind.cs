namespace Millwright.Core.Identity;

/// <summary>What a bearer token lets its holder do.</summary>
public enum TokenKind
{
    /// <summary>Entity calls on one connection.</summary>
    Connection,

    /// <summary>System calls of one application.</summary>
    Application,
}
