using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Millwright.Core.Idempotency;
using Millwright.Core.Identity;

namespace Millwright.Functions.Maintenance;

/// <summary>Deletes what has expired.</summary>
internal sealed class SweepFunction(Tokens tokens, IdempotentWrites writes, ILogger<SweepFunction> logger)
{
    /// <summary>Once an hour.</summary>
    [Function("SweepExpired")]
    public async Task Run([TimerTrigger("0 7 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var expiredTokens = await tokens.SweepAsync(cancellationToken);
        var expiredKeys = await writes.SweepAsync(cancellationToken);
        logger.LogInformation("Swept {Tokens} expired tokens and {Keys} idempotency keys", expiredTokens, expiredKeys);
    }
}
