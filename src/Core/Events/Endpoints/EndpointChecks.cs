using Millwright.Core.Connections;
using Millwright.Core.Errors;
using Millwright.Core.Outbound;
using Millwright.Core.Storage;

namespace Millwright.Core.Events.Endpoints;

/// <summary>Checks what an application chooses of an endpoint.</summary>
public sealed class EndpointChecks(EventTypes types, ConnectionStore connections, OutboundGuard guard)
{
    /// <summary>Entries of the list of types, and of that of connections.</summary>
    public const int MaxEntries = 200;

    /// <summary>Checks all of it.</summary>
    /// <param name="applicationId">The application.</param>
    /// <param name="settings">What it chooses.</param>
    /// <param name="before">What it chose before. A connection that was listed then may be gone by now and is not asked for again.</param>
    /// <param name="cancellationToken">Cancels the look-ups.</param>
    /// <exception cref="ApiException"><c>VALIDATION_FAILED</c> with every field that is wrong.</exception>
    public async Task CheckAsync(string applicationId, EndpointSettings settings, EndpointSettings before, CancellationToken cancellationToken)
    {
        var problems = new List<ErrorDetail>();
        if (await guard.ProblemOfAsync(settings.Url, cancellationToken) is { } problem)
        {
            problems.Add(new ErrorDetail("url", problem));
        }

        CheckCount("types", settings.Types.Count, problems);
        problems.AddRange(settings.Types.Index().Where(t => !types.IsPattern(t.Item)).Select(t => new ErrorDetail(
            $"types[{t.Index}]", "There is no such type. An entity's are {entity}.created, .updated, .deleted and {entity}.*; * is all.")));
        if (settings.Connections is { } chosen)
        {
            CheckCount("connections", chosen.Count, problems);
            foreach (var (index, id) in chosen.Take(MaxEntries).Index().Where(c => before.Connections?.Contains(c.Item) != true))
            {
                if (id.Length > TableLimits.KeyLength / 8 || await connections.FindAsync(applicationId, id, cancellationToken) is null)
                {
                    problems.Add(new ErrorDetail($"connections[{index}]", "There is no connection with this id."));
                }
            }
        }

        if (problems.Count > 0)
        {
            throw new ApiException(ErrorCode.ValidationFailed, "The endpoint has fields that are missing or wrong.") { Details = problems };
        }
    }

    private static void CheckCount(string field, int count, List<ErrorDetail> problems)
    {
        if (count is 0 or > MaxEntries)
        {
            problems.Add(new ErrorDetail(field, $"1 to {MaxEntries} of them."));
        }
    }
}
