using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Millwright.Core.Entities;
using Millwright.Functions.Docs;
using Millwright.Functions.Http;

namespace Millwright.Functions.Tests;

public sealed partial class OpenApiTests
{
    // The pages themselves, and what answers everything else.
    private static readonly string[] Undocumented = ["GET /docs", "GET /docs/scalar.js", "GET /docs/start.js", "GET /api/openapi.json"];

    private static readonly JsonElement Document =
        JsonDocument.Parse(new OpenApi(EntityModel.Default).Document("https", new HostString("example.test"))).RootElement;

    [Fact]
    public void Every_route_is_documented_and_every_documented_operation_has_a_route()
    {
        var routes = new RouteTable();
        var documented = Document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(verb => (Path: path.Name, Verb: verb.Name.ToUpperInvariant()))).ToList();

        var served = routes.All.Where(route => !route.Route.Contains("{entity}", StringComparison.Ordinal)).Select(route => $"{route.Verb} /{route.Route}");
        var generic = documented.Where(o => EntityPath().IsMatch(o.Path)).ToList();

        Assert.Equal(served.Order(), documented.Except(generic).Select(o => $"{o.Verb} {o.Path}").Concat(Undocumented).Order());
        Assert.NotEmpty(generic);
        Assert.All(generic, o => Assert.Contains(o.Verb, routes.VerbsAt(o.Path.Replace('{', '_').Replace('}', '_'))));
    }

    [Fact]
    public void Operation_ids_are_unique() =>
        Assert.Distinct(Document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Select(o => o.Value.GetProperty("operationId").GetString()));

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        foreach (Match match in Reference().Matches(Document.GetRawText()))
        {
            var target = Document;
            foreach (var part in match.Groups["target"].Value.Split('/'))
            {
                Assert.True(target.TryGetProperty(part, out target), $"{match.Value} leads nowhere.");
            }
        }
    }

    [GeneratedRegex("^/api/(eam|erp|wms)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EntityPath();

    [GeneratedRegex("\"\\$ref\":\"#/(?<target>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
