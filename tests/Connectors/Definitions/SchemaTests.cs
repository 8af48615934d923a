using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Millwright.Connectors.Definitions;
using Millwright.Connectors.Definitions.Webhooks;
using Millwright.Connectors.Protocols.OAuth;
using Millwright.Connectors.Protocols.Rest.Settings;
using Millwright.Connectors.Protocols.Tryton.Settings;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Tests.Definitions;

/// <summary>The schema that editors complete from and that every definition passes.</summary>
public sealed class SchemaTests
{
    private static readonly Assembly Connectors = typeof(DefinitionLoader).Assembly;
    private static readonly JsonNode Source = JsonNode.Parse(Read("connector.schema.json"))!;
    private static readonly JsonSchema Schema = JsonSchema.FromText(Source.ToJsonString());

    [Fact]
    public void Every_property_has_a_description() =>
        Assert.Empty(Properties(Source, "").Where(p => string.IsNullOrWhiteSpace((string?)p.Schema["description"])).Select(p => p.Path));

    [Fact]
    public void Every_property_has_an_example_of_its_own_or_of_its_definition() =>
        Assert.Empty(Properties(Source, "").Where(p => p.Schema["examples"] is null && p.Schema["$ref"] is null).Select(p => p.Path));

    [Fact]
    public void Every_definition_passes()
    {
        var definitions = Connectors.GetManifestResourceNames().Where(n => n.EndsWith("/connector.yaml", StringComparison.Ordinal)).Select(n => (Name: n, Yaml: Read(n)));

        Assert.Empty(definitions.Append((Name: "example", Yaml: Examples.Full)).SelectMany(d => Problems(d.Yaml).Select(p => $"{d.Name}: {p}")));
    }

    [Theory]
    [InlineData("provider: test", "provider: Test")]
    [InlineData("kind: secret", "kind: secret, example: x")]
    [InlineData("concurrency: 4", "concurrency: 0")]
    [InlineData("retries: 3", "retrys: 3")]
    [InlineData("changes: comparison", "changes: modified-time")]
    [InlineData("quantity: {path: sum, as: decimal-text}", "quantity: {path: sum, codec: decimal-text}")]
    [InlineData("[list, get, create]", "list")]
    [InlineData("algorithm: sha512", "algorithm: md5")]
    [InlineData("header: X-Signature\n", "headers: X-Signature\n")]
    [InlineData("content: '{id}.{timestamp}.{body}'", "content: '{id}.{timestamp}'")]
    [InlineData("separator: ','", "separator: ', '")]
    [InlineData("toleranceSeconds: 60", "toleranceSeconds: 0")]
    [InlineData("id: {header: X-Id}", "id: {header: X-Id, path: id}")]
    [InlineData("entity: {path: type,", "entity: {path: type, constant: vendors,")]
    [InlineData("key: data.id", "key: data..id")]
    [InlineData("key: data.id\n  ", "")]
    [InlineData("as: epoch-millis", "as: ticks")]
    [InlineData("settleSeconds: 5", "settleSeconds: 3000")]
    [InlineData("handshake: {body: challenge,", "handshake: {query: token,")]
    public void A_definition_that_the_loader_or_the_engine_would_refuse_does_not_pass(string right, string wrong) =>
        Assert.NotEmpty(Problems(Examples.With(right, wrong)));

    [Theory]
    [InlineData("standard-webhooks")]
    [InlineData("{scheme: standard-webhooks}")]
    [InlineData("{secret: {header: Authorization, prefix: 'Bearer '}}")]
    [InlineData("{secret: {query: token}}")]
    public void Every_form_of_a_signature_passes(string signature) =>
        Assert.Empty(Problems(Examples.With("handshake: {body: challenge, when: {type: hello}, signature: false}", "handshake: {query: token}").Replace(Examples.Signature, $"  signature: {signature}\n", StringComparison.Ordinal)));

    [Theory]
    [InlineData("none")]
    [InlineData("{}")]
    [InlineData("{scheme: standard-webhooks, secret: {query: token}}")]
    [InlineData("{secret: {query: token, header: token}}")]
    public void Other_signatures_do_not_pass(string signature) =>
        Assert.NotEmpty(Problems(Examples.With(Examples.Signature, $"  signature: {signature}\n")));

    [Theory]
    [InlineData("{path: oauth/token, clientId: key, clientSecret: key}")]
    [InlineData("{address: url, grant: client-credentials, clientId: key, clientSecret: key, clientAuthentication: basic, scope: a b}")]
    [InlineData("{path: token, grant: refresh-token, clientId: key, clientAuthentication: form, refreshToken: key}")]
    public void Every_form_of_access_tokens_passes(string oauth) => Assert.Empty(Problems(WithOAuth(oauth)));

    [Theory]
    [InlineData("{clientId: key, clientSecret: key}")]
    [InlineData("{path: token, address: url, clientId: key, clientSecret: key}")]
    [InlineData("{path: token, clientId: key}")]
    [InlineData("{path: token, clientId: key, clientSecret: key, refreshToken: key}")]
    [InlineData("{path: token, grant: refresh-token, clientId: key, clientSecret: key}")]
    [InlineData("{path: token, grant: password, clientId: key, clientSecret: key}")]
    public void Other_access_tokens_do_not_pass(string oauth) => Assert.NotEmpty(Problems(WithOAuth(oauth)));

    [Theory]
    [InlineData(typeof(ConnectorDefinition), "")]
    [InlineData(typeof(CredentialDefinition), "credential")]
    [InlineData(typeof(LimitsDefinition), "limits")]
    [InlineData(typeof(EntityDefinition), "entity")]
    [InlineData(typeof(OperationDefinition), "operation")]
    [InlineData(typeof(StatusDefinition), "status")]
    [InlineData(typeof(FieldDefinition), "fieldMapping")]
    [InlineData(typeof(WebhooksDefinition), "webhooks")]
    [InlineData(typeof(WebhookSignatureDefinition), "webhookSignature")]
    [InlineData(typeof(WebhookHmacDefinition), "webhookHmac")]
    [InlineData(typeof(WebhookSecretDefinition), "webhookSecret")]
    [InlineData(typeof(WebhookIdDefinition), "webhookId")]
    [InlineData(typeof(WebhookValueDefinition), "webhookMapping")]
    [InlineData(typeof(WebhookVersionDefinition), "webhookVersion")]
    [InlineData(typeof(WebhookHandshakeDefinition), "webhookHandshake")]
    [InlineData(typeof(TrytonEntitySettings), "trytonEntity")]
    [InlineData(typeof(TrytonCreateSettings), "trytonCreate")]
    [InlineData(typeof(TrytonLineSettings), "trytonLine")]
    [InlineData(typeof(TrytonCopySettings), "trytonCopy")]
    [InlineData(typeof(TrytonPartitionSettings), "trytonPartition")]
    [InlineData(typeof(TrytonOperationSettings), "trytonOperation")]
    [InlineData(typeof(TrytonButton), "trytonButton")]
    [InlineData(typeof(TrytonCountSettings), "trytonCount")]
    [InlineData(typeof(RestSettings), "rest")]
    [InlineData(typeof(OAuthSettings), "oauth")]
    [InlineData(typeof(RestListSettings), "restList")]
    [InlineData(typeof(RestPagingSettings), "restPaging")]
    [InlineData(typeof(RestFilterSettings), "restFilters")]
    [InlineData(typeof(RestSortSettings), "restSort")]
    [InlineData(typeof(RestErrorSettings), "restErrors")]
    [InlineData(typeof(RestEntitySettings), "restEntity")]
    [InlineData(typeof(RestOperationSettings), "restOperation")]
    public void The_schema_has_the_properties_that_the_loader_takes(Type record, string definition)
    {
        var properties = (definition.Length == 0 ? Source : Source["$defs"]![definition]!)["properties"]!.AsObject().Select(p => p.Key);

        var taken = record.GetProperties().Where(p => p.GetCustomAttribute<YamlIgnoreAttribute>() is null)
            .Select(p => p.GetCustomAttribute<YamlMemberAttribute>()?.Alias ?? JsonNamingPolicy.CamelCase.ConvertName(p.Name));

        Assert.Equal(taken.Order(StringComparer.Ordinal), properties.Order(StringComparer.Ordinal));
    }

    private static string WithOAuth(string oauth) => Examples.With("entities:\n", $"rest: {{prove: me, oauth: {oauth}}}\nentities:\n");

    private static string[] Problems(string yaml)
    {
        var json = JsonSerializer.SerializeToElement(YamlJson.Parse(yaml));
        var results = Schema.Evaluate(json, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid ? [] : [.. results.Details!.Where(d => d.Errors is not null).SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}")).DefaultIfEmpty("not valid")];
    }

    private static IEnumerable<(string Path, JsonObject Schema)> Properties(JsonNode? node, string path)
    {
        if (node is JsonArray array)
        {
            return array.Index().SelectMany(i => Properties(i.Item, $"{path}/{i.Index}"));
        }

        return node is not JsonObject schema ? [] : schema.SelectMany(p => p switch
        {
            ("properties", JsonObject properties) => properties.SelectMany(x => Properties(x.Value, $"{path}/{x.Key}").Prepend((Path: $"{path}/{x.Key}", Schema: x.Value!.AsObject()))),
            ("examples" or "if" or "then", _) => [],
            _ => Properties(p.Value, $"{path}/{p.Key}"),
        });
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Connectors.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
