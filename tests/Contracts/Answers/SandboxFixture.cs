using System.Text.Json;
using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

namespace Millwright.Contracts.Tests.Answers;

/// <summary>Millwright, connected to its built-in Sandbox, and what that offers.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    public ConnectedApp Connected { get; private set; } = null!;

    /// <summary>The Sandbox's capability table, as the API shows it, by entity.</summary>
    public JsonElement Offered { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Connected = await ConnectedApp.StartAsync(Sandbox);
        var platforms = (await Connected.Application.GetAsync("/api/system/platforms")).Expect(200).GetProperty("data");
        Offered = platforms.EnumerateArray().Single(p => p.GetProperty("key").GetString() == "sandbox").GetProperty("entities");
    }

    public ValueTask DisposeAsync() => Connected.DisposeAsync();

    /// <summary>Credentials of a company of its own.</summary>
    public static SystemUnderTest Sandbox(MillwrightApp app) => new(
        "sandbox", new Dictionary<string, string> { ["url"] = app.SandboxAddress.ToString(), ["apiKey"] = "sandbox-contracts" }, "apiKey", []);

    /// <summary>Whether the Sandbox offers an operation of the contracts.</summary>
    internal bool Offers(PublishedOperation operation) =>
        Offered.TryGetProperty(operation.Entity, out var entity)
        && (operation.Name == PublishedOperation.Statuses
            ? entity.GetProperty("statuses").EnumerateObject().Any()
            : entity.GetProperty("operations").TryGetProperty(operation.Name, out _));

    /// <summary>The capabilities of a field, if the Sandbox has it.</summary>
    internal JsonElement? Field(string entity, string field) =>
        Offered.GetProperty(entity).GetProperty("fields").TryGetProperty(field, out var found) ? found : null;
}
