using Millwright.Core.Storage;

namespace Millwright.Core.Webhooks;

/// <summary>What came of claiming a webhook: the claim, or why there is none.</summary>
public abstract record WebhookClaim
{
    private WebhookClaim()
    {
    }

    /// <summary>The webhook may be processed.</summary>
    /// <param name="Table">Where the claim is.</param>
    /// <param name="Row">The claim.</param>
    public sealed record Held(ITable Table, TableRow Row) : WebhookClaim;

    /// <summary>The webhook is done with.</summary>
    public sealed record Done : WebhookClaim;

    /// <summary>Another delivery may still be at it.</summary>
    /// <param name="For">How long, at most.</param>
    public sealed record Wait(TimeSpan For) : WebhookClaim;
}
