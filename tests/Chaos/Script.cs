namespace Millwright.Chaos.Tests;

/// <summary>What happens in a run, made of a seed: the changes of each record, and when each webhook is sent how often.</summary>
internal sealed class Script
{
    private const int ChangesPerRecord = 20;
    private const int Copies = 3;
    private const double Forgeries = 0.1;
    private const double Unreadable = 0.01;

    // A webhook is sent at most this many changes late, so that those of a record overtake each other.
    private const int LongestDelay = 400;

    private const int OutageWebhooks = 20;

    /// <param name="webhooks">How many webhooks, not counting copies and forgeries.</param>
    /// <param name="seed">The same seed is the same script.</param>
    public Script(int webhooks, int seed)
    {
        var random = new Random(seed);
        var records = Math.Max(2, webhooks / ChangesPerRecord);
        var steps = new List<(int Position, Step Step)>();
        for (var version = 1; version <= webhooks; version++)
        {
            var record = random.Next(records);
            var kind = random.NextDouble() < Unreadable ? WebhookKind.Unreadable : record % 2 == 0 ? WebhookKind.Fat : WebhookKind.Thin;
            var change = new Change($"msg_{seed}_{version}", kind == WebhookKind.Unreadable ? "none" : $"record-{record}", version, kind);
            Changes.Add(change);
            steps.Add((version, new Step(change, IsChange: true)));
            for (var copy = 0; copy < Copies; copy++)
            {
                steps.Add((version + random.Next(LongestDelay), new Step(change, IsChange: false)));
            }

            if (random.NextDouble() < Forgeries)
            {
                var forged = new Change($"msg_forged_{seed}_{version}", $"forged-{record}", version, WebhookKind.Forged);
                steps.Add((version + random.Next(LongestDelay), new Step(forged, IsChange: false)));
            }
        }

        for (var i = 0; i < OutageWebhooks; i++)
        {
            var version = webhooks + 1 + i;
            Outage.Add(new Change($"msg_outage_{seed}_{version}", $"record-{1 + (2 * random.Next(records / 2))}", version, WebhookKind.Thin));
        }

        Changes.AddRange(Outage);

        // Stable, so that a change comes before the webhooks that tell of it.
        Steps = [.. steps.OrderBy(s => s.Position).Select(s => s.Step)];
    }

    /// <summary>All changes, in order of their versions; no forgeries.</summary>
    public List<Change> Changes { get; } = [];

    /// <summary>The last of the changes, whose webhooks are sent when the system no longer answers; in no step.</summary>
    public List<Change> Outage { get; } = [];

    /// <summary>What is done, one after the other.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Either the record changes in the system, or a copy of the webhook is sent.</summary>
    public sealed record Step(Change Change, bool IsChange);
}
