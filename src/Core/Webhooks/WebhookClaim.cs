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
    /// <param name="Again">Whether it was claimed before, so that an earlier try may have left something.</param>
    public sealed record Held(ITable Table, TableRow Row, bool Again) : WebhookClaim;

    /// <summary>The webhook is done with.</summary>
    /// <param name="Parked">Whether it may be replayed.</param>
    public sealed record Done(bool Parked) : WebhookClaim;

    /// <summary>Another delivery may still be at it.</summary>
    /// <param name="For">How long, at most.</param>
    public sealed record Wait(TimeSpan For) : WebhookClaim;
}
