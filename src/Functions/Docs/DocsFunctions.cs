using System.IO.Compression;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Millwright.Functions.Docs;

/// <summary>The reference page and what it shows.</summary>
internal sealed class DocsFunctions(OpenApi openApi)
{
    // The page of Scalar, whose script comes out of its own package: nothing is loaded from elsewhere.
    private const string Page =
        """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Millwright API reference</title>
        </head>
        <body>
          <div id="app"></div>
          <script src="/docs/scalar.js"></script>
          <script src="/docs/start.js"></script>
        </body>
        </html>
        """;

    private const string Start =
        """Scalar.createApiReference('#app', { url: '/api/openapi.json', withDefaultFonts: false, telemetry: false, hideClientButton: true, showDeveloperTools: 'never', agent: { disabled: true }, mcp: { disabled: true } });""";

    private static readonly byte[] CompressedScript = ReadScript();

    /// <summary>The OpenAPI 3.1 document.</summary>
    [Function("OpenApi")]
    public IResult OpenApiDocument([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/openapi.json")] HttpRequest request) =>
        Results.Bytes(openApi.Document(request.Scheme, request.Host), "application/json");

    /// <summary>The reference page.</summary>
    [Function("Docs")]
    public static IResult Reference([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.ContentSecurityPolicy =
            "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";
        return Results.Text(Page, "text/html; charset=utf-8");
    }

    /// <summary>The reference page's script.</summary>
    [Function("DocsScript")]
    public static IResult Script([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs/scalar.js")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=86400";
        if (request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            request.HttpContext.Response.Headers.ContentEncoding = "gzip";
            return Results.Bytes(CompressedScript, "text/javascript");
        }

        return Results.Stream(new GZipStream(new MemoryStream(CompressedScript), CompressionMode.Decompress), "text/javascript");
    }

    /// <summary>What starts the reference page; a file of its own, so that the page needs no inline script.</summary>
    [Function("DocsStart")]
    public static IResult StartScript([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs/start.js")] HttpRequest request) =>
        Results.Text(Start, "text/javascript");

    private static byte[] ReadScript()
    {
        using var script = Assembly.Load("Scalar.AspNetCore").GetManifestResourceStream("ScalarStaticAssets.scalar.js")
            ?? throw new InvalidOperationException("The Scalar package no longer has its script where it used to be.");
        var bytes = new byte[script.Length];
        script.ReadExactly(bytes);
        return bytes;
    }
}
