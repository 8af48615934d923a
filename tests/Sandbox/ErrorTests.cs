using System.Net;

namespace Millwright.Sandbox.Tests;

public sealed class ErrorTests(SandboxFixture fixture)
{
    [Theory]
    [InlineData("GET", "nothing-here")]
    [InlineData("GET", "vendors/ven_1001/children")]
    [InlineData("GET", "vendors/ven_9999")]
    [InlineData("DELETE", "vendors/ven_9999")]
    public async Task What_is_not_there_is_not_found(string method, string path)
    {
        using var client = fixture.NewCompany();
        await client.RefusedAsync(HttpStatusCode.NotFound, "not_found", method, path);
    }

    [Theory]
    [InlineData("POST", "currencies")]
    [InlineData("DELETE", "invoices/inv_1001")]
    [InlineData("PUT", "vendors/ven_1001")]
    [InlineData("POST", "stock-levels")]
    [InlineData("POST", "items/itm_1001/children")]
    public async Task A_verb_that_a_path_does_not_have_is_refused(string method, string path)
    {
        using var client = fixture.NewCompany();
        await client.RefusedAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed", method, path, new { name = "X" });
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"name":"a","name":"b"}""")]
    [InlineData("""{"name":"\ud800"}""")]
    public async Task A_body_that_is_no_json_object_is_refused(string body)
    {
        using var client = fixture.NewCompany();
        using var response = await client.SendTextAsync("POST", "vendors", body);
        Assert.Equal("malformed_json", (string?)(await SandboxClient.ReadAsync(response, HttpStatusCode.BadRequest))["error"]!["code"]);
    }

    [Fact]
    public async Task A_body_of_another_media_type_is_refused()
    {
        using var client = fixture.NewCompany();
        using var response = await client.SendTextAsync("POST", "vendors", "name=X", "application/x-www-form-urlencoded");
        await SandboxClient.ReadAsync(response, HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_body_of_more_than_a_mebibyte_is_refused()
    {
        using var client = fixture.NewCompany();
        using var response = await client.SendTextAsync("POST", "vendors", $$"""{"name":"{{new string('x', 1024 * 1024)}}"}""");
        Assert.Equal("too_large", (string?)(await SandboxClient.ReadAsync(response, HttpStatusCode.RequestEntityTooLarge))["error"]!["code"]);
    }

    [Fact]
    public async Task A_body_of_just_under_a_mebibyte_is_read()
    {
        using var client = fixture.NewCompany();
        var note = new string('x', 1000 * 1024);
        var vendor = await client.CreateAsync("vendors", new { name = "Big", custom = new { note } });
        Assert.Equal(note, (string?)vendor["custom"]!["note"]);
    }
}
