using Millwright.Connectors.Definitions;
using Millwright.Core.Connections.Access;
using Millwright.Core.Entities;
using Millwright.Core.Errors;
using Millwright.Testing;

namespace Millwright.Connectors.Tests.Protocols.Rest;

/// <summary>Credentials reach neither logs nor errors, whatever goes wrong.</summary>
public sealed class SecrecyTests
{
    private const string Key = "sandbox-Secret-4711";

    [Fact]
    public async Task A_key_is_in_no_log_line_and_no_error()
    {
        var answers = new Queue<int>([500, 429, 401]);
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = answers.Dequeue();
            context.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        using var log = new LogLines();
        var connector = new ConnectorCatalogue(DefinitionLoader.LoadAll, EntityModel.Default, TestRuntime.LoggingTo(log)).Find("sandbox")!;
        await using var system = connector.Open(new Dictionary<string, string>(StringComparer.Ordinal) { ["url"] = server.Address.ToString(), ["apiKey"] = Key }, new MemoryAccessTokens());

        var error = await Assert.ThrowsAsync<ApiException>(() => system.ProveAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.AuthenticationFailed, error.Code);
        Assert.Equal(2, log.Lines.Count);
        Assert.All(log.Lines.Append(error.ToString()), l => Assert.DoesNotContain(Key, l, StringComparison.Ordinal));
    }
}
