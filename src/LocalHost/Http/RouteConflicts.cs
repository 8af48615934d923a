using Millwright.LocalHost.Hosting;
using Millwright.LocalHost.Invocation;

namespace Millwright.LocalHost.Http;

/// <summary>Finds functions that would answer the same request, of which routing could not choose one.</summary>
internal static class RouteConflicts
{
    public static void Check(IEnumerable<LocalFunction> functions, StartupErrors errors)
    {
        var routes = functions.Where(f => f.Trigger is HttpRouteTrigger)
            .GroupBy(f => ((HttpRouteTrigger)f.Trigger).Pattern.RawText, StringComparer.OrdinalIgnoreCase);
        foreach (var route in routes)
        {
            var earlier = new List<LocalFunction>();
            foreach (var function in route)
            {
                if (earlier.Find(other => Overlap((HttpRouteTrigger)other.Trigger, (HttpRouteTrigger)function.Trigger)) is { } other)
                {
                    errors.Add(function.Name, $"route '{route.Key}' with the same verb is taken by '{other.Name}'.");
                }

                earlier.Add(function);
            }
        }
    }

    private static bool Overlap(HttpRouteTrigger one, HttpRouteTrigger other) =>
        one.Verbs.Count == 0 || other.Verbs.Count == 0 || one.Verbs.Intersect(other.Verbs, StringComparer.OrdinalIgnoreCase).Any();
}
