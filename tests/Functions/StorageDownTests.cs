using Millwright.Testing.App;

namespace Millwright.Functions.Tests;

public sealed class StorageDownTests
{
    [Fact]
    public async Task Without_its_storage_Millwright_lives_is_not_ready_and_says_so()
    {
        var nobody = $"http://127.0.0.1:{FreePort.Next()}/devstoreaccount1";
        await using var app = await MillwrightApp.StartUntilAsync(
            "/api/health/live",
            ("Tables__ConnectionString", $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=a2V5;TableEndpoint={nobody}"));
        using var anonymous = new ApiClient(app.Address, null);

        var answer = await anonymous.GetAsync("/api/health/ready");

        answer.ExpectError(503, "SERVICE_UNAVAILABLE");
        Assert.Equal("5", answer.Headers["Retry-After"]);
    }
}
