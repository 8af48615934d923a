using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Millwright.Core.Entities;
using Millwright.Core.Entities.OpenApi;
using Millwright.Functions.Http;

namespace Millwright.Functions.Docs;

/// <summary>The OpenAPI document, written once for each address that the app is reached at.</summary>
internal sealed class OpenApi(EntityModel model)
{
    // A caller can send any Host header; only so many documents are kept.
    private const int MaxKept = 8;

    private const string Description =
        """
        One API for ERP, maintenance and warehouse systems. An application gets its token from `POST /link/token` and connects systems
        under `/api/system/connections`; each connection's token then serves `/api/eam`, `/api/erp` and `/api/wms`, the same on every system.
        What a connected system cannot do is refused by name; `GET /api/system/platforms` says what each can.
        """;

    private readonly ConcurrentDictionary<string, byte[]> _documents = new(StringComparer.Ordinal);

    /// <summary>The document for an installation at this address.</summary>
    public byte[] Document(string scheme, HostString host)
    {
        var address = $"{scheme}://{(host.HasValue ? host.ToUriComponent() : "localhost")}";
        if (_documents.TryGetValue(address, out var document))
        {
            return document;
        }

        document = Write(new Uri(address));
        return _documents.Count < MaxKept ? _documents.GetOrAdd(address, document) : document;
    }

    private byte[] Write(Uri server)
    {
        var version = typeof(OpenApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonResults.WriterOptions))
        {
            OpenApiDocument.Write(json, new OpenApiInfo("Millwright", version, Description, server), model, SystemOperations.Tags, SystemOperations.All);
        }

        return buffer.ToArray();
    }
}
