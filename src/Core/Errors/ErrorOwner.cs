namespace Millwright.Core.Errors;

/// <summary>Who has to act on an error.</summary>
public enum ErrorOwner
{
    /// <summary>Who sent the request.</summary>
    Caller,

    /// <summary>Who gave the credentials, or who administers their rights in the connected system.</summary>
    Credential,

    /// <summary>Who runs the connected system.</summary>
    System,

    /// <summary>Who runs this installation.</summary>
    Millwright,
}
