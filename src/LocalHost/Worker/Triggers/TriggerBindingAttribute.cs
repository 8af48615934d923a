namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>What calls a function. One parameter of the function carries it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : Attribute
{
    private protected TriggerBindingAttribute()
    {
    }
}
