namespace Millwright.LocalHost.Invocation;

/// <summary>What calls a function, read from its attribute and checked.</summary>
internal abstract record Trigger
{
    /// <summary>The kind's name in the Functions model, such as <c>httpTrigger</c>.</summary>
    public abstract string Type { get; }

    /// <summary>How to get the value of a parameter other than the trigger's own; null if the trigger knows no such parameter.</summary>
    public virtual ParameterBinder? Bind(System.Reflection.ParameterInfo parameter) => null;
}
