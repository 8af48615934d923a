using Millwright.Connectors.Definitions.Yaml;
using Millwright.Core.Events;
using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Connectors.Definitions.Webhooks;

/// <summary>What a <c>webhooks</c> section has to obey beside its form.</summary>
internal sealed class WebhookChecks(ConnectorDefinition connector, List<DefinitionProblem> problems)
{
    /// <summary>The schemes that have a name.</summary>
    public const string StandardWebhooks = "standard-webhooks";

    private static readonly string[] VersionForms = ["number", "datetime", "epoch-seconds", "epoch-millis"];

    /// <summary>Adds what is wrong.</summary>
    public void Check(WebhooksDefinition webhooks)
    {
        Check(webhooks.Signature);
        if (webhooks.Id is { } id)
        {
            Check(id, One(id.Header, id.Path), "'webhooks.id' needs exactly one of 'header' and 'path'.");
        }

        Check(webhooks.Entity, "entity", [.. connector.Entities.Keys], "is no entity of this connector");
        CheckPath(webhooks, webhooks.Key, "key");
        if (webhooks.Change is { } change)
        {
            Check(change, "change", [.. Enum.GetValues<ChangeKind>().Select(EventType.NameOf)], "is none of created, updated and deleted");
        }

        if (webhooks.Version is { } version)
        {
            CheckPath(version, version.Path, "version");
            Check(version, VersionForms.Contains(version.As), $"'webhooks.version.as' has to be one of {string.Join(", ", VersionForms)}.");
        }

        if (webhooks.Record is not null)
        {
            CheckPath(webhooks, webhooks.Record, "record");
        }

        Check(webhooks, webhooks.SettleSeconds is >= 0 and <= 300, "'webhooks.settleSeconds' has to be 0 to 300.");
        if (webhooks.Handshake is { } handshake)
        {
            Check(handshake, One(handshake.Query, handshake.Body), "'webhooks.handshake' needs exactly one of 'query' and 'body'.");
            Check(handshake, handshake.When.Count == 0 || handshake.Body is not null, "'webhooks.handshake.when' belongs to a token in the body.");
        }
    }

    private void Check(WebhookSignatureDefinition signature)
    {
        var kinds = new object?[] { signature.Scheme, signature.Hmac, signature.Secret }.Count(k => k is not null);
        Check(signature, kinds == 1, "'webhooks.signature' needs exactly one of 'scheme', 'hmac' and 'secret'.");
        Check(signature, signature.Scheme is null or StandardWebhooks, $"'webhooks.signature.scheme' can only be {StandardWebhooks}.");
        if (signature.Secret is { } secret)
        {
            Check(secret, One(secret.Header, secret.Query), "'webhooks.signature.secret' needs exactly one of 'header' and 'query'.");
        }

        if (signature.Hmac is { } hmac)
        {
            Check(hmac);
        }
    }

    private void Check(WebhookHmacDefinition hmac)
    {
        Check(hmac, !string.IsNullOrWhiteSpace(hmac.Header), "'webhooks.signature.hmac.header' names no header.");
        Check(hmac, hmac.Separator is null or { Length: 1 }, "'webhooks.signature.hmac.separator' has to be one character.");
        Check(hmac, hmac.TimestampPrefix is null || hmac.Separator is not null, "'webhooks.signature.hmac.timestampPrefix' needs a 'separator' between the header's items.");
        Check(hmac, hmac.ToleranceSeconds is >= 1 and <= 86_400, "'webhooks.signature.hmac.toleranceSeconds' has to be 1 to 86400.");
        SignedContent content;
        try
        {
            content = SignedContent.Parse(hmac.Content);
        }
        catch (FormatException e)
        {
            problems.Add(new DefinitionProblem(hmac.Line, $"'webhooks.signature.hmac.content': {e.Message}."));
            return;
        }

        // An id or a time that is not signed proves nothing, so that naming one is a mistake.
        Check(hmac, content.Contains(SignedPart.Id) == hmac.IdHeader is not null, "'webhooks.signature.hmac.idHeader' is needed where '{id}' is signed, and only there.");
        Check(
            hmac,
            content.Contains(SignedPart.Timestamp) ? One(hmac.TimestampHeader, hmac.TimestampPrefix) : hmac.TimestampHeader is null && hmac.TimestampPrefix is null,
            "One of 'webhooks.signature.hmac.timestampHeader' and 'timestampPrefix' is needed where '{timestamp}' is signed, and only there.");
    }

    private void Check(WebhookValueDefinition value, string name, IReadOnlyCollection<string> known, string unknown)
    {
        Check(value, One(value.Path, value.Constant), $"'webhooks.{name}' needs exactly one of 'path' and 'constant'.");
        Check(value, value.Before is null || value.After is null, $"'webhooks.{name}' has both 'before' and 'after'.");
        Check(value, value.Before is not "" && value.After is not "", $"'webhooks.{name}' has an empty 'before' or 'after'.");
        Check(
            value,
            value.Constant is null || (value.Before is null && value.After is null && value.Map.Count == 0),
            $"'webhooks.{name}' has 'before', 'after' or 'map', which belong to a 'path'.");
        foreach (var ours in value.Map.Keys.Append(value.Constant).OfType<string>().Except(known))
        {
            problems.Add(new DefinitionProblem(value.Line, $"'webhooks.{name}': '{ours}' {unknown}."));
        }

        foreach (var source in value.Map.SelectMany(m => m.Value.All).GroupBy(v => v.ToString(), StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            problems.Add(new DefinitionProblem(value.Line, $"'webhooks.{name}': '{source.Key}' is listed twice."));
        }
    }

    private void CheckPath(IHasLine at, string? path, string name) =>
        Check(at, path is not null && path.Split('.').All(s => s.Length > 0), $"'webhooks.{name}' has no path.");

    private void Check(IHasLine at, bool holds, string message)
    {
        if (!holds)
        {
            problems.Add(new DefinitionProblem(at.Line, message));
        }
    }

    private static bool One(string? first, string? second) => string.IsNullOrEmpty(first) != string.IsNullOrEmpty(second);
}
