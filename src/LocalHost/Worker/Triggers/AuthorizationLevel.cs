namespace Microsoft.Azure.Functions.Worker;

/// <summary>The key that a caller of an HTTP function must have. Azure enforces it; a local host does not.</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous = 0,

    /// <summary>A user's token; not used by Functions today.</summary>
    User = 1,

    /// <summary>The function's key or the host's.</summary>
    Function = 2,

    /// <summary>A key of an extension.</summary>
    System = 3,

    /// <summary>The master key.</summary>
    Admin = 4,
}
