using System.Text;
using Millwright.Core.Connections;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Connections;

/// <summary>A system that does with each request what the test says, of which four are under way at once; the others wait for their turn.</summary>
internal sealed class ScriptedSystem : IConnector, IConnectorCatalogue, IConnectedSystem
{
    public const string Provider = "scripted";
    public const string Entity = "purchase-orders";
    public const int Turns = 4;

    private readonly SemaphoreSlim _turns = new(Turns);
    private int _requests;
    private int _proofs;

    /// <summary>What comes of a call.</summary>
    public Func<CancellationToken, Task> OnCall { get; set; } = _ => Task.CompletedTask;

    /// <summary>What comes of a proof.</summary>
    public Func<Task> OnProof { get; set; } = () => Task.CompletedTask;

    /// <summary>The credentials of each client that was opened.</summary>
    public List<IReadOnlyDictionary<string, string>> Opened { get; } = [];

    /// <summary>Calls that were sent.</summary>
    public int Requests => _requests;

    /// <summary>Proofs that were sent.</summary>
    public int Proofs => _proofs;

    public Platform Platform { get; } = new(
        Provider,
        "Scripted ERP",
        ["erp"],
        [new CredentialField("user", "User", CredentialKind.Text, true, "", null), new CredentialField("password", "Password", CredentialKind.Secret, false, "", null)],
        "",
        new Dictionary<string, EntityCapability>());

    public IWebhookFormat? Webhooks => null;

    public IReadOnlyList<IConnector> All => [this];

    /// <summary>An error that the system gives.</summary>
    public static ApiException Error(ErrorCode code) => new(code, $"It answers {code}.");

    public IConnector? Find(string provider) => provider == Provider ? this : null;

    public IConnectedSystem Open(IReadOnlyDictionary<string, string> credentials, IAccessTokenStore tokens)
    {
        Opened.Add(credentials);
        return this;
    }

    public Task ProveAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _proofs);
        return OnProof();
    }

    public async Task<EntityResult> ExecuteAsync(EntityRequest request, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            await UpstreamMeter.BeforeRequestAsync(cancellationToken);
            Interlocked.Increment(ref _requests);
            await OnCall(cancellationToken);
            return new EntityResult(Encoding.UTF8.GetBytes("{}"));
        }
        finally
        {
            _turns.Release();
        }
    }

    public async Task<EntityResult?> FindByReferenceAsync(EntityType entity, string reference, CancellationToken cancellationToken)
    {
        await OnCall(cancellationToken);
        return null;
    }

    public async Task<ScanPage> ScanAsync(ScanRequest request, CancellationToken cancellationToken)
    {
        await OnCall(cancellationToken);
        return new ScanPage(Encoding.UTF8.GetBytes("[]"), null);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
