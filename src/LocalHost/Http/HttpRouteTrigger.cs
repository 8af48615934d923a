using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Millwright.LocalHost.Configuration;
using Millwright.LocalHost.Hosting;
using Millwright.LocalHost.Invocation;

namespace Millwright.LocalHost.Http;

/// <summary>A route and the verbs that it answers; none for any.</summary>
internal sealed record HttpRouteTrigger(RoutePattern Pattern, IReadOnlyList<string> Verbs) : Trigger
{
    public override string Type => "httpTrigger";

    public static HttpRouteTrigger? Read(
        HttpTriggerAttribute attribute,
        string function,
        ParameterInfo parameter,
        HostSettings settings,
        IServiceCollection services,
        StartupErrors errors)
    {
        if (parameter.ParameterType != typeof(HttpRequest))
        {
            errors.Add(function, $"an HTTP trigger gives an HttpRequest, not {parameter.ParameterType.Name}.");
            return null;
        }

        if (!services.Any(s => s.ServiceType == typeof(HttpResultMiddleware)))
        {
            errors.Add(function, "HTTP functions need ConfigureFunctionsWebApplication().");
            return null;
        }

        var template = $"{settings.RoutePrefix}/{(attribute.Route ?? function).TrimStart('/')}".Trim('/');
        try
        {
            return new HttpRouteTrigger(RoutePatternFactory.Parse(template), attribute.Methods ?? []);
        }
        catch (RoutePatternException e)
        {
            errors.Add(function, $"route '{template}' is malformed: {e.Message}");
            return null;
        }
    }

    public override ParameterBinder? Bind(ParameterInfo parameter) =>
        Pattern.GetParameter(parameter.Name!) is null ? null : RouteValue.Binder(parameter);
}
