using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Millwright.LocalHost.Invocation;

/// <summary>Makes a function's class and calls its method, compiled once.</summary>
internal sealed class FunctionInvoker
{
    private readonly ObjectFactory? _factory;
    private readonly Func<object?, LocalFunctionContext, ValueTask<object?>> _call;

    private FunctionInvoker(ObjectFactory? factory, Func<object?, LocalFunctionContext, ValueTask<object?>> call)
    {
        _factory = factory;
        _call = call;
    }

    /// <exception cref="InvalidOperationException">The class has no constructor that the services could call.</exception>
    public static FunctionInvoker Compile(MethodInfo method, IEnumerable<ParameterBinder> binders)
    {
        var instance = Expression.Parameter(typeof(object));
        var context = Expression.Parameter(typeof(LocalFunctionContext));
        var arguments = method.GetParameters().Zip(binders, (parameter, binder) =>
            Expression.Convert(Expression.Invoke(Expression.Constant(binder), context), parameter.ParameterType));
        var target = method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!);
        var call = ReturnValue.Adapt(Expression.Call(target, method, arguments));
        return new FunctionInvoker(
            method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, Type.EmptyTypes),
            Expression.Lambda<Func<object?, LocalFunctionContext, ValueTask<object?>>>(call, instance, context).Compile());
    }

    /// <summary>The function's return value; null where it returns none.</summary>
    public async ValueTask<object?> InvokeAsync(LocalFunctionContext context)
    {
        var instance = _factory?.Invoke(context.InstanceServices, null);
        try
        {
            return await _call(instance, context);
        }
        finally
        {
            if (instance is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync();
            }
            else if (instance is IDisposable disposable)
            {
                disposable.Dispose();
            }
        }
    }
}
