using Microsoft.AspNetCore.Http;
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

    [Fact]
    public async Task Tokens_that_a_source_repeats_are_taken_out_of_its_words()
    {
        var now = DateTimeOffset.UtcNow;
        var tokens = new MemoryAccessTokens();
        await tokens.WriteAsync(new AccessToken("access-4711", now) { RefreshToken = "refresh-4711", ExpiresAt = now.AddHours(1) }, TestContext.Current.CancellationToken);
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 422;
            var token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
            return context.Response.WriteAsync($$"""{"message":"{{token}} and refresh-4711 may not","fields":{"name":"not with {{token}}"} }""");
        });
        var connector = RestExample.Connect("headers: {Authorization: 'Bearer {apiKey}'}", "oauth: {path: token, clientId: url, clientSecret: apiKey}");
        await using var system = connector.Open(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["url"] = server.Address.ToString(), ["apiKey"] = Key }, tokens);

        var error = await Assert.ThrowsAsync<ApiException>(() => system.ProveAsync(TestContext.Current.CancellationToken));

        Assert.Equal("… and … may not", error.Message);
        Assert.Equal("not with …", Assert.Single(error.Details).Message);
    }
}
