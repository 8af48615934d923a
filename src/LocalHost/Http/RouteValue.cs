using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Millwright.LocalHost.Invocation;

namespace Millwright.LocalHost.Http;

/// <summary>Route values as parameters of a function.</summary>
internal static class RouteValue
{
    /// <summary>Converts the route value of the parameter's name; null if there is no conversion to the parameter's type.</summary>
    /// <remarks>An absent value is the parameter's default value, or null where the type allows that; anything else fails the call.</remarks>
    public static ParameterBinder? Binder(ParameterInfo parameter)
    {
        var name = parameter.Name!;
        var nullable = Nullable.GetUnderlyingType(parameter.ParameterType);
        var type = nullable ?? parameter.ParameterType;
        var absent = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        var mayBeNull = absent is not null || nullable is not null || !type.IsValueType;
        if (type == typeof(string))
        {
            return context => Text(context, name) ?? absent;
        }

        var converter = TypeDescriptor.GetConverter(type);
        return converter.CanConvertFrom(typeof(string)) ? Convert : null;

        object? Convert(LocalFunctionContext context) => Text(context, name) switch
        {
            { } text => converter.ConvertFromString(null, CultureInfo.InvariantCulture, text),
            null when mayBeNull => absent,
            null => throw new InvalidOperationException($"Route value '{name}' is absent, and {type.Name} has no value for that."),
        };
    }

    private static string? Text(LocalFunctionContext context, string name) =>
        ((HttpEvent)context.Trigger).Http.Request.RouteValues[name] is { } value
            ? System.Convert.ToString(value, CultureInfo.InvariantCulture)
            : null;
}
