using System.Linq.Expressions;
using System.Reflection;

namespace Millwright.LocalHost.Invocation;

/// <summary>Makes one shape of the return types that a function may have.</summary>
internal static class ReturnValue
{
    /// <summary>The call as an expression of type <c>ValueTask&lt;object?&gt;</c>.</summary>
    public static Expression Adapt(MethodCallExpression call)
    {
        if (call.Type == typeof(void))
        {
            return Expression.Block(call, Expression.Default(typeof(ValueTask<object?>)));
        }

        if (call.Type == typeof(Task) || call.Type == typeof(ValueTask))
        {
            return Expression.Call(Method(call.Type == typeof(Task) ? nameof(OfTask) : nameof(OfValueTask)), call);
        }

        if (call.Type.IsGenericType && call.Type.GetGenericTypeDefinition() is var open
            && (open == typeof(Task<>) || open == typeof(ValueTask<>)))
        {
            var adapter = Method(open == typeof(Task<>) ? nameof(OfTaskWithResult) : nameof(OfValueTaskWithResult));
            return Expression.Call(adapter.MakeGenericMethod(call.Type.GetGenericArguments()), call);
        }

        return Expression.Call(Method(nameof(OfResult)), Expression.Convert(call, typeof(object)));
    }

    private static MethodInfo Method(string name) => typeof(ReturnValue).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static ValueTask<object?> OfResult(object? result) => new(result);

    private static async ValueTask<object?> OfTask(Task task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> OfValueTask(ValueTask task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> OfTaskWithResult<T>(Task<T> task) => await task;

    private static async ValueTask<object?> OfValueTaskWithResult<T>(ValueTask<T> task) => await task;
}
