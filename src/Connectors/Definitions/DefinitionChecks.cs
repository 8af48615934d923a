using Millwright.Connectors.Definitions.Webhooks;
using Millwright.Core.Connections;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Definitions;

/// <summary>What a definition has to obey beside its form and its mapping.</summary>
internal static class DefinitionChecks
{
    public static IReadOnlyList<DefinitionProblem> Check(ConnectorDefinition definition)
    {
        var problems = new List<DefinitionProblem>();
        var limits = definition.Limits;
        Check(definition.Areas.Count > 0 && definition.Areas.All(EntityModel.Areas.Contains), $"'areas' has to name some of {string.Join(", ", EntityModel.Areas)}.");
        Check(definition.Credentials.DistinctBy(c => c.Name, StringComparer.Ordinal).Count() == definition.Credentials.Count, "Two credentials have one name.");
        Check(definition.Credentials.All(c => c.Kind != CredentialKind.Secret || c.Example is null), "A secret has an example.");
        Check(limits.Concurrency is >= 1 and <= 64, "'limits.concurrency' has to be 1 to 64.");
        Check(limits.AttemptSeconds is >= 1 and <= 200, "'limits.attemptSeconds' has to be 1 to 200.");
        Check(limits.TotalSeconds is >= 1 and <= 220, "'limits.totalSeconds' has to be 1 to 220.");
        Check(limits.AttemptSeconds <= limits.TotalSeconds, "'limits.attemptSeconds' is longer than 'limits.totalSeconds'.");
        Check(limits.Retries is >= 0 and <= 10, "'limits.retries' has to be 0 to 10.");
        foreach (var (name, entity) in definition.Entities)
        {
            if (entity.Status is { } status && !entity.Fields.ContainsKey(status.Field))
            {
                problems.Add(new DefinitionProblem(entity.Line, $"{name}.{status.Field} holds the status but is not mapped."));
            }

            // The others follow from the mapping, which cannot promise what the source does not do.
            if (entity.Changes is not (null or ChangeTracking.Comparison))
            {
                problems.Add(new DefinitionProblem(entity.Line, $"{name} may only say 'changes: comparison'."));
            }
        }

        if (definition.Webhooks is { } webhooks)
        {
            new WebhookChecks(definition, problems).Check(webhooks);
        }

        return problems;

        void Check(bool holds, string message)
        {
            if (!holds)
            {
                problems.Add(new DefinitionProblem(definition.Line, message));
            }
        }
    }
}
