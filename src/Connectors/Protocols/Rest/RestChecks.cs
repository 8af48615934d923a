using Millwright.Connectors.Definitions;
using Millwright.Connectors.Protocols.OAuth;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>What the <c>rest</c> sections have to obey beside their form.</summary>
internal static class RestChecks
{
    /// <exception cref="DefinitionException">Names everything that is wrong.</exception>
    public static void Check(ConnectorPlan connector, RestSettings settings)
    {
        var definition = connector.Definition;
        var problems = new List<DefinitionProblem>();
        if (definition.Credentials.All(c => c.Name != settings.Address))
        {
            problems.Add(new DefinitionProblem(definition.Line, $"'rest.address' names no credential: '{settings.Address}'."));
        }

        if (settings.OAuth is { } oauth)
        {
            problems.AddRange(OAuthChecks.Problems(oauth, definition.Credentials).Select(p => new DefinitionProblem(definition.Line, p)));
            if (settings.Headers.Keys.Contains("Authorization", StringComparer.OrdinalIgnoreCase))
            {
                problems.Add(new DefinitionProblem(definition.Line, "'oauth' sends the header Authorization, which 'rest.headers' has, too."));
            }
        }

        problems.AddRange(settings.Errors.Codes.Values
            .Where(n => ErrorCode.All.All(c => c.Name != n))
            .Select(n => new DefinitionProblem(definition.Line, $"There is no error code '{n}'.")));
        foreach (var plan in connector.Entities.Values.SelectMany(e => e.SubResources.Values.Concat(e.Collections.Values).Prepend(e)))
        {
            Check(plan, settings, problems);
        }

        if (problems.Count > 0)
        {
            throw new DefinitionException(definition.File, problems);
        }
    }

    private static void Check(EntityPlan plan, RestSettings settings, List<DefinitionProblem> problems)
    {
        var entity = plan.Definition;
        problems.AddRange(entity.Operations.ByName
            .Where(o => settings.RequestOf(entity, o.Key)?.Split(' ') is not [_, _])
            .Select(o => new DefinitionProblem(o.Value.Line, $"{plan.Name} needs a request of the form 'GET {{resource}}' for '{o.Key}'.")));
        if (settings.PagingOf(entity).Max < 1)
        {
            problems.Add(new DefinitionProblem(entity.Line, $"{plan.Name} has pages of no records."));
        }

        if (entity.Reference is not null && !settings.Has(FilterOperator.Equal, entity))
        {
            problems.Add(new DefinitionProblem(entity.Line, $"{plan.Name} has a reference that no filter finds."));
        }

        if (entity.Operations.Contains(OperationName.SetStatus) && (entity.Status is null || !entity.Operations.Contains(OperationName.Get)))
        {
            problems.Add(new DefinitionProblem(entity.Line, $"{plan.Name} offers 'set-status' and needs 'status' and 'get' for it."));
        }
    }
}
