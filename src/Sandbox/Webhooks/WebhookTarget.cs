using System.Text.Json.Nodes;
using Millwright.Sandbox.Http;
using Millwright.Sandbox.Records;
using Millwright.Sandbox.Schema;
using static Millwright.Sandbox.Schema.Fields;

namespace Millwright.Sandbox.Webhooks;

/// <summary>Whom a company's webhooks go to.</summary>
/// <param name="Url">An http or https address.</param>
/// <param name="Secret">Signs them; <see cref="WebhookSignature"/> says how it looks.</param>
/// <param name="Body"><c>thin</c>, or <c>fat</c> to carry the record.</param>
internal sealed record WebhookTarget(string Url, string Secret, string Body)
{
    private const string Fat = "fat";

    private static readonly Field[] Fields =
    [
        Text("url", 2000).Needed(),
        Text("secret").Needed(),
        Choice("body", "thin", Fat).Or("\"thin\"").Needed(),
    ];

    public bool CarriesRecord => Body == Fat;

    /// <exception cref="RefusalException">What was given is no such target; the message names every field.</exception>
    public static WebhookTarget Parse(JsonObject given)
    {
        var draft = new Draft((_, _) => null);
        var target = draft.Build(Fields, given);
        var errors = new SortedDictionary<string, string>(draft.Errors.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        if (!IsWebAddress((string?)target["url"]))
        {
            errors.TryAdd("url", "must be an http or https address");
        }

        if (WebhookSignature.KeyOf((string?)target["secret"]) is null)
        {
            errors.TryAdd("secret", $"must be {WebhookSignature.Prefix} and 24 to 64 bytes in base64");
        }

        return errors.Count == 0
            ? new WebhookTarget((string)target["url"]!, (string)target["secret"]!, (string)target["body"]!)
            : throw RefusalException.Invalid(errors);
    }

    /// <summary>All but the secret.</summary>
    public JsonObject Show() => new() { ["url"] = Url, ["body"] = Body };

    private static bool IsWebAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
