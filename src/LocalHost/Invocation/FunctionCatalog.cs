using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Millwright.LocalHost.Configuration;
using Millwright.LocalHost.Hosting;
using Millwright.LocalHost.Http;
using Millwright.LocalHost.ServiceBus;
using Millwright.LocalHost.Timers;

namespace Millwright.LocalHost.Invocation;

/// <summary>Finds the functions of an app.</summary>
internal sealed class FunctionCatalog(HostSettings settings, SettingNames names, IServiceCollection services, StartupErrors errors)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The functions in the order of their names. What is wrong with one goes to the errors, and it is left out.</summary>
    public IReadOnlyList<LocalFunction> Find(IEnumerable<Type> types)
    {
        var found = (
            from type in types
            from method in type.GetMethods(Declared)
            let attribute = method.GetCustomAttribute<FunctionAttribute>()
            where attribute is not null
            select (attribute.Name, Method: method)).OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var twins in found.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            errors.Add(twins.Key, $"the name is used by {string.Join(" and ", twins.Select(f => Describe(f.Method)))}.");
        }

        return [.. found.Select(f => Read(f.Name, f.Method)).OfType<LocalFunction>()];
    }

    private static string Describe(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private LocalFunction? Read(string name, MethodInfo method)
    {
        if (!method.IsPublic || method.DeclaringType is not { IsAbstract: false } and not { IsSealed: true } || method.IsGenericMethod)
        {
            errors.Add(name, $"{Describe(method)} must be a public, not generic method of a class that can be made.");
            return null;
        }

        var triggers = method.GetParameters().Where(p => p.IsDefined(typeof(TriggerBindingAttribute))).ToList();
        if (triggers is not [var parameter])
        {
            errors.Add(name, $"it has {triggers.Count} parameters with a trigger instead of 1.");
            return null;
        }

        return ReadTrigger(name, method, parameter) is { } trigger && Bind(name, method, parameter, trigger) is { } binders
            ? Compile(name, method, parameter, trigger, binders)
            : null;
    }

    private Trigger? ReadTrigger(string name, MethodInfo method, ParameterInfo parameter)
    {
        if (method.IsDefined(typeof(RetryAttribute)) && !parameter.IsDefined(typeof(TimerTriggerAttribute)))
        {
            errors.Add(name, "a retry attribute is legal on timers only.");
        }

        return parameter.GetCustomAttribute<TriggerBindingAttribute>() switch
        {
            HttpTriggerAttribute http => HttpRouteTrigger.Read(http, name, parameter, settings, services, errors),
            ServiceBusTriggerAttribute queue => QueueTrigger.Read(queue, name, parameter, settings, names, services, errors),
            TimerTriggerAttribute timer => ScheduleTrigger.Read(timer, name, parameter, names, errors),
            var other => throw new InvalidOperationException($"Unknown trigger {other}."),
        };
    }

    private List<ParameterBinder>? Bind(string name, MethodInfo method, ParameterInfo triggerParameter, Trigger trigger)
    {
        var binders = new List<ParameterBinder>();
        foreach (var parameter in method.GetParameters())
        {
            ParameterBinder? binder = parameter switch
            {
                _ when parameter.Position == triggerParameter.Position => static context => context.Trigger.Value,
                { ParameterType: var type } when type == typeof(FunctionContext) => static context => context,
                { ParameterType: var type } when type == typeof(CancellationToken) => static context => context.CancellationToken,
                _ => trigger.Bind(parameter),
            };
            if (binder is null)
            {
                errors.Add(name, $"nothing gives parameter '{parameter.Name}' of type {parameter.ParameterType.Name} a value.");
            }
            else
            {
                binders.Add(binder);
            }
        }

        return binders.Count == method.GetParameters().Length ? binders : null;
    }

    private LocalFunction? Compile(string name, MethodInfo method, ParameterInfo parameter, Trigger trigger, List<ParameterBinder> binders)
    {
        try
        {
            return new LocalFunction(name, method, parameter.Name!, trigger, FunctionInvoker.Compile(method, binders));
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException)
        {
            // The class has no fitting constructor, or the retry attribute refuses its own intervals.
            errors.Add(name, e.Message);
            return null;
        }
    }
}
