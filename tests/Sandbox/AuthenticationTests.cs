using System.Net;

namespace Millwright.Sandbox.Tests;

public sealed class AuthenticationTests(SandboxFixture fixture)
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("Sandbox-1")]
    public async Task A_key_that_does_not_start_with_sandbox_is_refused(string? key)
    {
        using var client = new SandboxClient(fixture.BaseAddress, key);
        await client.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized", "GET", "me");
    }

    [Fact]
    public async Task An_overlong_key_is_refused()
    {
        using var client = new SandboxClient(fixture.BaseAddress, "sandbox-" + new string('x', 121));
        await client.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized", "GET", "me");
    }

    [Fact]
    public async Task Me_tells_the_company_and_the_user()
    {
        using var client = fixture.NewCompany();
        var me = await client.GetAsync("me");
        Assert.Equal("Hallstatt Process Water GmbH", (string?)me["company"]!["name"]);
        Assert.Equal("Ines Albrecht", (string?)me["user"]!["name"]);
        Assert.Equal("full", (string?)me["access"]);
    }

    [Fact]
    public async Task A_read_only_key_reads()
    {
        using var client = fixture.NewCompany("sandbox-readonly-");
        Assert.Equal("read_only", (string?)(await client.GetAsync("me"))["access"]);
        Assert.NotEmpty(await client.ItemsAsync("vendors"));
    }

    [Theory]
    [InlineData("POST", "vendors")]
    [InlineData("PATCH", "vendors/ven_1001")]
    [InlineData("DELETE", "vendors/ven_1001")]
    [InlineData("PUT", "stock-levels/stk_1001")]
    [InlineData("POST", "purchase-orders/po_1001/transitions")]
    public async Task A_read_only_key_does_not_write(string method, string path)
    {
        using var client = fixture.NewCompany("sandbox-readonly-");
        await client.RefusedAsync(HttpStatusCode.Forbidden, "read_only", method, path, new { name = "X" });
    }

    [Fact]
    public async Task What_one_key_writes_another_does_not_see()
    {
        using var writer = fixture.NewCompany();
        using var other = fixture.NewCompany();
        var vendor = await writer.CreateAsync("vendors", new { name = "Only mine" });
        await other.RefusedAsync(HttpStatusCode.NotFound, "not_found", "GET", $"vendors/{vendor["id"]}");
        Assert.Empty(await other.ItemsAsync("vendors?name=Only%20mine"));
    }

    [Fact]
    public async Task Every_key_starts_with_the_same_records()
    {
        using var one = fixture.NewCompany();
        using var two = fixture.NewCompany();
        Assert.Equal(
            (await one.GetAsync("purchase-orders?page_size=200")).ToJsonString(), (await two.GetAsync("purchase-orders?page_size=200")).ToJsonString());
    }
}
