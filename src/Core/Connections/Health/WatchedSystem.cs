using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Millwright.Core.Connections.Raw;
using Millwright.Core.Entities;
using Millwright.Core.Errors;

namespace Millwright.Core.Connections.Health;

/// <summary>
/// A connected system whose every call is watched: what it comes to goes into the connection's health, and none is sent any more once the
/// system has refused the credentials.
/// </summary>
/// <remarks>
/// A refusal is proved first, since a system may refuse one entity only. While it is, requests wait, those included that already had their
/// turn: however many calls there are, no more requests with refused credentials are sent than were under way when the first came back, and the proof's.
/// </remarks>
internal sealed class WatchedSystem(
    ConnectionIdentity connection, string? credentials, IConnectedSystem system, CredentialProof proof, HealthCache cache, ConnectionHealthService health, ILogger logger)
    : IConnectedSystem, IPassthrough, IRawTables
{
    private readonly ConcurrentQueue<UpstreamResult> _results = new();
    private readonly SemaphoreSlim _turn = new(1);

    /// <inheritdoc/>
    public Task ProveAsync(CancellationToken cancellationToken) => WatchAsync(
        CredentialProof.Operation,
        async stop =>
        {
            await system.ProveAsync(stop);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<EntityResult> ExecuteAsync(EntityRequest request, CancellationToken cancellationToken) =>
        WatchAsync($"{request.Entity.Name}.{request.Operation}", stop => system.ExecuteAsync(request, stop), cancellationToken);

    /// <inheritdoc/>
    public Task<EntityResult?> FindByReferenceAsync(EntityType entity, string reference, CancellationToken cancellationToken) =>
        WatchAsync($"{entity.Name}.find-by-reference", stop => system.FindByReferenceAsync(entity, reference, stop), cancellationToken);

    /// <inheritdoc/>
    public Task<ScanPage> ScanAsync(ScanRequest request, CancellationToken cancellationToken) =>
        WatchAsync($"{request.Entity.Name}.scan", stop => system.ScanAsync(request, stop), cancellationToken);

    /// <inheritdoc/>
    public Task<PassthroughResponse> SendAsync(PassthroughRequest request, CancellationToken cancellationToken)
    {
        var own = system as IPassthrough ?? throw Lacks("calls of its own API");
        return WatchAsync("passthrough", stop => own.SendAsync(request, stop), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RawTable>> ListTablesAsync(CancellationToken cancellationToken)
    {
        var own = system as IRawTables ?? throw Lacks("reading its own tables");
        return WatchAsync("raw.tables", own.ListTablesAsync, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RawPage> ReadTableAsync(RawTableRequest request, CancellationToken cancellationToken)
    {
        var own = system as IRawTables ?? throw Lacks("reading its own tables");
        return WatchAsync("raw.read", stop => own.ReadTableAsync(request, stop), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await system.DisposeAsync();
        _turn.Dispose();
    }

    // What the caller cancelled, and what is no error of the catalogue but a fault of ours, says nothing about the system.
    private async Task<T> WatchAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        await PassAsync(cancellationToken);
        T answer;
        try
        {
            using (UpstreamMeter.Use(PassAsync, () => proof.Begin(operation)))
            {
                answer = await call(cancellationToken);
            }
        }
        catch (ApiException e)
        {
            await ReportAsync(e.Code == ErrorCode.AuthenticationFailed ? await proof.ProvedAsync(operation, e) : UpstreamResult.Of(operation, e));
            throw;
        }

        await ReportAsync(UpstreamResult.Answered(operation));
        return answer;
    }

    private ApiException Lacks(string what) =>
        new(ErrorCode.UnsupportedOperation, $"The connector '{connection.Provider}' does not offer {what}.");

    private async ValueTask PassAsync(CancellationToken cancellationToken)
    {
        if (await proof.RefusalAsync(cancellationToken) is { } refused)
        {
            // Where it could not be stored when it was found, it is now.
            await ReportAsync(refused);
        }
        else if ((await cache.GetAsync(connection, cancellationToken)).Status != ConnectionStatus.ReauthorizationRequired)
        {
            return;
        }

        HealthMetrics.CallRefused();
        throw new ApiException(
            ErrorCode.ReauthorizationRequired, "The connected system refused the connection's credentials, so it was not called. Reconnect with working ones.");
    }

    /// <summary>Takes in a result. Those of many calls at once are written together, and a result that says nothing new is not written.</summary>
    private async Task ReportAsync(UpstreamResult result)
    {
        try
        {
            var known = await cache.GetAsync(connection, CancellationToken.None);
            if (!health.IsNew(known, result))
            {
                return;
            }

            _results.Enqueue(result);
            await _turn.WaitAsync();
            try
            {
                await WriteAsync();
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception e)
        {
            // The call has its answer, which must not be lost because we could not note what it says about the system.
            logger.LogError(e, "What a call of connection {ConnectionId} says about its health could not be stored", connection.Id);
        }
    }

    private async Task WriteAsync()
    {
        List<UpstreamResult> results = [];
        while (_results.TryDequeue(out var result))
        {
            results.Add(result);
        }

        // Whoever had the turn before may have written all of them.
        if (results.Count > 0)
        {
            await health.ReportAsync(connection, credentials, results);
        }
    }
}
