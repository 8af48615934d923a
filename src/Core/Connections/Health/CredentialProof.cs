using Microsoft.Extensions.Logging;
using Millwright.Core.Errors;

namespace Millwright.Core.Connections.Health;

/// <summary>
/// Finds out whether a connection's credentials still hold, once a call was refused with them: with one proof at a time, however many calls were.
/// It belongs to these credentials; others have a proof of their own.
/// </summary>
/// <param name="open">Opens a client of its own for the proof, which waits neither for calls that wait for it nor for an open circuit.</param>
/// <param name="time">The clock of <see cref="Validity"/>.</param>
/// <param name="logger">For a proof that could not be made.</param>
internal sealed class CredentialProof(Func<IConnectedSystem> open, TimeProvider time, ILogger logger)
{
    /// <summary>The proof's name among the operations.</summary>
    public const string Operation = "credentials.prove";

    /// <summary>How long a proof that held answers for further refusals: a system that refuses one entity is not asked twice for each call.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private Task<UpstreamResult?>? _proof;
    private long? _heldAt;

    /// <summary>The refusal, if the credentials were refused for good; null otherwise. Waits for a proof that is under way.</summary>
    public ValueTask<UpstreamResult?> RefusalAsync(CancellationToken cancellationToken) => Volatile.Read(ref _proof) switch
    {
        null => default,
        { IsCompleted: true } over => new(over.Result),
        var underWay => new(underWay.WaitAsync(cancellationToken)),
    };

    /// <summary>Begins to prove the credentials, with which an operation was refused, so that other requests wait from now on.</summary>
    public void Begin(string operation) =>
        _ = ProvedAsync(operation, new ApiException(ErrorCode.AuthenticationFailed, "The connected system refuses the credentials."));

    /// <summary>What it means that an operation was refused: <see cref="UpstreamResultKind.Refused"/> only if the proof was too.</summary>
    /// <remarks>Not to be cancelled: others wait for the same proof. The client's own time limit bounds it.</remarks>
    public async Task<UpstreamResult> ProvedAsync(string operation, ApiException refusal)
    {
        Task<UpstreamResult?> proof;
        lock (_lock)
        {
            if (_proof is null || IsOutdated(_proof))
            {
                Volatile.Write(ref _proof, ProveAsync(operation, refusal));
            }

            proof = _proof;
        }

        return await proof ?? UpstreamResult.Of(operation, refusal);
    }

    private bool IsOutdated(Task<UpstreamResult?> proof) =>
        proof.IsCompleted && proof.Result is null && !(_heldAt is { } heldAt && time.GetElapsedTime(heldAt) < Validity);

    private async Task<UpstreamResult?> ProveAsync(string operation, ApiException refusal)
    {
        await Task.Yield(); // Off the lock.
        try
        {
            await using var system = open();
            await system.ProveAsync(CancellationToken.None);
            _heldAt = time.GetTimestamp();
            return null;
        }
        catch (ApiException e) when (e.Code == ErrorCode.AuthenticationFailed)
        {
            return UpstreamResult.Refused(operation, refusal);
        }
        catch (Exception e)
        {
            // The system fails; the next refusal is proved again.
            logger.LogWarning(e, "Refused credentials could not be proved");
            _heldAt = null;
            return null;
        }
    }
}
