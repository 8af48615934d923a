using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Connections.Raw;
using Millwright.Core.Identity;
using Millwright.Functions.Http;

namespace Millwright.Functions.Raw;

/// <summary>The connected system's own API and tables, for the holder of the connection's token.</summary>
internal sealed class RawFunctions(Caller caller, RawAccess raw)
{
    /// <summary>Sends a request of the caller's to the connected system.</summary>
    [Function("Passthrough")]
    public async Task<IResult> Pass(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/passthrough")] HttpRequest request, CancellationToken cancellationToken)
    {
        var grant = await caller.RequireAsync(request, TokenKind.Connection, cancellationToken);
        var own = PassthroughBody.Parse(await RequestBody.ReadJsonAsync(request, cancellationToken));
        return new PassthroughResult(await raw.SendAsync(grant, own, cancellationToken));
    }

    /// <summary>The connected system's tables.</summary>
    [Function("ListRawTables")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/raw/tables")] HttpRequest request, CancellationToken cancellationToken)
    {
        var grant = await caller.RequireAsync(request, TokenKind.Connection, cancellationToken);
        return JsonResults.Data(await raw.ListTablesAsync(grant, cancellationToken));
    }

    /// <summary>A page of a table.</summary>
    [Function("ReadRawTable")]
    public async Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/raw/tables/{table}/data")] HttpRequest request,
        string table,
        CancellationToken cancellationToken)
    {
        var grant = await caller.RequireAsync(request, TokenKind.Connection, cancellationToken);
        var asked = RawQuery.Parse(RawQuery.TableOf(table), request);
        return new RawPageResult(asked, await raw.ReadTableAsync(grant, asked, cancellationToken));
    }
}
