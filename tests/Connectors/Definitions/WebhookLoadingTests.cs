using Millwright.Connectors.Definitions;

namespace Millwright.Connectors.Tests.Definitions;

/// <summary>The <c>webhooks</c> section, from YAML to a definition or to a complaint with its line.</summary>
public sealed class WebhookLoadingTests
{
    [Fact]
    public void A_definition_without_the_section_has_no_webhooks()
    {
        var from = Examples.Full.IndexOf("webhooks:", StringComparison.Ordinal);
        var without = Examples.Full.Remove(from, Examples.Full.IndexOf("entities:", StringComparison.Ordinal) - from);

        Assert.Null(DefinitionLoader.Load("x", without).Webhooks);
    }

    [Fact]
    public void Scalars_are_short_for_schemes_and_paths()
    {
        var yaml = Examples.With(Examples.Signature, "  signature: standard-webhooks\n")
            .Replace("version: {path: data.changed, as: epoch-millis}", "version: data.changed", StringComparison.Ordinal)
            .Replace("change: {path: type, after: ., map: {deleted: gone}}", "change: what", StringComparison.Ordinal);

        var webhooks = DefinitionLoader.Load("x", yaml).Webhooks!;

        Assert.Equal("standard-webhooks", webhooks.Signature.Scheme);
        Assert.Equal(("data.changed", "number"), (webhooks.Version!.Path, webhooks.Version.As));
        Assert.Equal("what", webhooks.Change!.Path);
    }

    [Theory]
    [InlineData("header: X-Signature", "header: ' '", "'webhooks.signature.hmac.header' names no header.")]
    [InlineData("algorithm: sha512", "algorithm: md5", "The value has the wrong form: Requested value")]
    [InlineData("separator: ','", "separator: ', '", "'webhooks.signature.hmac.separator' has to be one character.")]
    [InlineData("separator: ','\n      ", "", "'webhooks.signature.hmac.timestampPrefix' needs a 'separator' between the header's items.")]
    [InlineData("toleranceSeconds: 60", "toleranceSeconds: 0", "'webhooks.signature.hmac.toleranceSeconds' has to be 1 to 86400.")]
    [InlineData("{id}.{timestamp}.{body}", "{id}.{timestamp}", "'webhooks.signature.hmac.content': a signature has to be about {body}.")]
    [InlineData("{id}.{timestamp}.{body}", "{id}.{time}.{body}", "'webhooks.signature.hmac.content': '{time}' is none of {body}, {uri}, {id} and {timestamp}.")]
    [InlineData("{id}.{timestamp}.{body}", "{timestamp}.{body}", "'webhooks.signature.hmac.idHeader' is needed where '{id}' is signed, and only there.")]
    [InlineData("{id}.{timestamp}.{body}", "{id}.{body}", "One of 'webhooks.signature.hmac.timestampHeader' and 'timestampPrefix' is needed where '{timestamp}' is signed, and only there.")]
    [InlineData("timestampPrefix: t=", "timestampPrefix: t=\n      timestampHeader: X-T", "One of 'webhooks.signature.hmac.timestampHeader' and 'timestampPrefix' is needed where '{timestamp}' is signed, and only there.")]
    [InlineData("    hmac:", "    scheme: standard-webhooks\n    hmac:", "'webhooks.signature' needs exactly one of 'scheme', 'hmac' and 'secret'.")]
    [InlineData("    hmac:", "    secret: {header: X}\n    hmac:", "'webhooks.signature' needs exactly one of 'scheme', 'hmac' and 'secret'.")]
    [InlineData("id: {header: X-Id}", "id: {header: X-Id, path: id}", "'webhooks.id' needs exactly one of 'header' and 'path'.")]
    [InlineData("id: {header: X-Id}", "id: {}", "'webhooks.id' needs exactly one of 'header' and 'path'.")]
    [InlineData("materials: [item, 7], p", "projects: [item, 7], p", "'webhooks.entity': 'projects' is no entity of this connector.")]
    [InlineData("[item, 7], p", "[item, order], p", "'webhooks.entity': 'order' is listed twice.")]
    [InlineData("path: type, before: .", "path: type, before: ., after: .", "'webhooks.entity' has both 'before' and 'after'.")]
    [InlineData("path: type, before: .", "path: type, before: ''", "'webhooks.entity' has an empty 'before' or 'after'.")]
    [InlineData("path: type, before: .", "constant: vendors, before: .", "'webhooks.entity' has 'before', 'after' or 'map', which belong to a 'path'.")]
    [InlineData("path: type, before: .,", "", "'webhooks.entity' needs exactly one of 'path' and 'constant'.")]
    [InlineData("map: {deleted: gone}", "map: {removed: gone}", "'webhooks.change': 'removed' is none of created, updated and deleted.")]
    [InlineData("key: data.id", "key: data..id", "'webhooks.key' has no path.")]
    [InlineData("version: {path: data.changed, as: epoch-millis}", "version: {as: epoch-millis}", "'webhooks.version' has no path.")]
    [InlineData("as: epoch-millis", "as: ticks", "'webhooks.version.as' has to be one of number, datetime, epoch-seconds, epoch-millis.")]
    [InlineData("record: data.object", "record: .", "'webhooks.record' has no path.")]
    [InlineData("settleSeconds: 5", "settleSeconds: 301", "'webhooks.settleSeconds' has to be 0 to 300.")]
    [InlineData("{body: challenge, when", "{body: challenge, query: x, when", "'webhooks.handshake' needs exactly one of 'query' and 'body'.")]
    [InlineData("{body: challenge, when", "{query: x, when", "'webhooks.handshake.when' belongs to a token in the body.")]
    [InlineData("signature: false}", "unsigned: true}", "Property 'unsigned' not found on type")]
    public void A_mistake_is_an_error_with_its_line(string right, string wrong, string problem)
    {
        var yaml = Examples.With(right, wrong);

        var found = Assert.Single(Assert.Throws<DefinitionException>(() => DefinitionLoader.Load("x", yaml)).Problems);

        Assert.StartsWith(problem, found.Message, StringComparison.Ordinal);
        var lines = yaml.Split('\n');
        var first = Array.FindIndex(lines, l => l.StartsWith("webhooks:", StringComparison.Ordinal)) + 1;
        Assert.InRange(found.Line, first, Array.FindIndex(lines, l => l.StartsWith("entities:", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_problem_points_at_its_part()
    {
        var yaml = Examples.With("as: epoch-millis", "as: ticks");

        var line = Assert.Single(Assert.Throws<DefinitionException>(() => DefinitionLoader.Load("x", yaml)).Problems).Line;

        Assert.Contains("as: ticks", yaml.Split('\n')[line - 1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("signature: none", "'webhooks.signature.scheme' can only be standard-webhooks.")]
    [InlineData("signature: {}", "'webhooks.signature' needs exactly one of 'scheme', 'hmac' and 'secret'.")]
    [InlineData("signature: {secret: {}}", "'webhooks.signature.secret' needs exactly one of 'header' and 'query'.")]
    [InlineData("signature: {secret: {header: a, query: b}}", "'webhooks.signature.secret' needs exactly one of 'header' and 'query'.")]
    public void Other_signatures_are_errors(string signature, string problem)
    {
        var yaml = Examples.With(Examples.Signature, $"  {signature}\n");

        Assert.Equal(problem, Assert.Single(Assert.Throws<DefinitionException>(() => DefinitionLoader.Load("x", yaml)).Problems).Message);
    }
}
