namespace Microsoft.Azure.Functions.Worker;

/// <summary>Whether data goes into a function or comes from it.</summary>
public enum BindingDirection
{
    /// <summary>Into the function; a trigger.</summary>
    In = 0,

    /// <summary>From the function.</summary>
    Out = 1,
}
