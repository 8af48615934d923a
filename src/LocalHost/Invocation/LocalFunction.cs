using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Millwright.LocalHost.Invocation;

/// <summary>A function of the app, ready to be called.</summary>
internal sealed class LocalFunction(string name, MethodInfo method, string triggerParameter, Trigger trigger, FunctionInvoker invoker)
    : FunctionDefinition
{
    public Trigger Trigger => trigger;

    public FunctionInvoker Invoker => invoker;

    public RetryAttribute? Retry { get; } = method.GetCustomAttribute<RetryAttribute>();

    /// <summary>The category under which the host logs about the function.</summary>
    public string LogCategory { get; } = $"Function.{name}";

    public override string Id => name;

    public override string Name => name;

    public override string EntryPoint => $"{method.DeclaringType!.FullName}.{method.Name}";

    public override string PathToAssembly => method.Module.FullyQualifiedName;

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
        ImmutableDictionary<string, BindingMetadata>.Empty.Add(triggerParameter, new LocalBindingMetadata(triggerParameter, trigger.Type));
}
