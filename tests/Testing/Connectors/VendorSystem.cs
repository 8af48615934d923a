namespace Millwright.Testing.Connectors;

/// <summary>
/// A system that a connector is tried against: a real one, the vendor's own engine, or a small stateful fake that checks what it is sent
/// against the vendor's contract. What the suites do is the same on every system; what differs is here, and is data.
/// </summary>
public abstract class VendorSystem : IAsyncDisposable
{
    /// <summary>Its name in the API.</summary>
    public abstract string Provider { get; }

    /// <summary>Where it listens, on loopback.</summary>
    public abstract Uri Address { get; }

    /// <summary>The credential that a wrong value makes unusable.</summary>
    public abstract string SecretName { get; }

    /// <summary>What the scenario does here.</summary>
    public abstract ScenarioData Scenario { get; }

    /// <summary>Working credentials that lead to it, or to a proxy that stands before it.</summary>
    /// <param name="address">Where to send requests.</param>
    public abstract IReadOnlyDictionary<string, string> CredentialsAt(Uri address);

    /// <summary>Whether a request that arrives here creates a purchase order.</summary>
    public abstract bool CreatesOrder(string methodAndPath, string body);

    /// <summary>How many purchase orders of a title or reference the system itself has, asked without Millwright.</summary>
    /// <param name="title">What the order was created with, in the field of <see cref="ScenarioData.OrderTitle"/>.</param>
    public abstract Task<int> CountOrdersAsync(string title);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
