using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace Millwright.Functions.Http;

/// <summary>The routes of this app, read off its functions.</summary>
internal sealed class RouteTable
{
    private static readonly RouteValueDictionary NoDefaults = [];

    private readonly List<(TemplateMatcher Matcher, HttpTriggerAttribute Trigger)> _routes =
    [
        .. typeof(RouteTable).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(FunctionAttribute)))
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .Where(trigger => trigger?.Methods is { Length: > 0 })
            .Select(trigger => (new TemplateMatcher(TemplateParser.Parse(trigger!.Route!), NoDefaults), trigger)),
    ];

    /// <summary>The routes with their verbs in capitals.</summary>
    public IEnumerable<(string Route, string Verb)> All =>
        _routes.SelectMany(route => route.Trigger.Methods!.Select(verb => (route.Trigger.Route!, verb.ToUpperInvariant())));

    /// <summary>The verbs that some function answers at this path.</summary>
    public IReadOnlyList<string> VerbsAt(PathString path) =>
    [
        .. _routes.Where(route => route.Matcher.TryMatch(path, []))
            .SelectMany(route => route.Trigger.Methods!)
            .Select(verb => verb.ToUpperInvariant())
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];
}
