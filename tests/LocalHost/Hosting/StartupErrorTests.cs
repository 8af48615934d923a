using Millwright.LocalHost.Tests.Http;

namespace Millwright.LocalHost.Tests.Hosting;

public sealed class StartupErrorTests
{
    [Theory]
    [InlineData("twice", "the name is used by BrokenFunctions.First and BrokenFunctions.Second")]
    [InlineData("no-trigger", "0 parameters with a trigger instead of 1")]
    [InlineData("cron", "schedule '0 99 * * * *' is malformed")]
    [InlineData("cron-setting", "no setting 'Nothing'")]
    [InlineData("not-timer-info", "a timer gives a TimerInfo, not String")]
    [InlineData("retry-interval", "soon")]
    [InlineData("retry-on-http", "legal on timers only")]
    [InlineData("no-receiver", "add an IQueueReceiver")]
    [InlineData("topic", "topics and subscriptions are not available locally")]
    [InlineData("batch", "batches are not available locally")]
    [InlineData("own-completion", "set autoCompleteMessages")]
    [InlineData("message-type", "gives a string locally, not Int32")]
    [InlineData("unknown-parameter", "nothing gives parameter 'name' of type String a value")]
    [InlineData("route-type", "nothing gives parameter 'id' of type Stream a value")]
    [InlineData("route", "route 'c/{id' is malformed")]
    [InlineData("same-route-first", "with the same verb is taken by 'same-route'")]
    [InlineData("not-public", "must be a public")]
    [InlineData("constructor", "constructor")]
    public void Everything_that_is_wrong_is_told_at_once(string function, string error)
    {
        var message = new TestApp(typeof(BrokenFunctions), typeof(WithoutConstructor)).StartupError();
        Assert.Contains(message.Split(Environment.NewLine), line =>
            line.Contains($"Function '{function}': ", StringComparison.Ordinal) && line.Contains(error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task HTTP_functions_need_the_web_application()
    {
        await using var app = new TestApp(typeof(CatchAllFunctions));
        var builder = app.CreateBuilder();
        var error = Assert.Throws<InvalidOperationException>(builder.Build);
        Assert.Contains("Function 'rest': HTTP functions need ConfigureFunctionsWebApplication().", error.Message);
    }

    [Theory]
    [InlineData("host.json(3,")]
    [InlineData("LineNumber: 2")]
    public void A_malformed_file_is_named_with_the_line(string expected) =>
        Assert.Contains(expected, new TestApp { HostJson = "{\n  \"version\": \"2.0\",\n  oops\n}" }.StartupError());

    [Theory]
    [InlineData("""{ "extensions": { "serviceBus": { "maxConcurrentCalls": 0 } } }""", "extensions.serviceBus.maxConcurrentCalls '0' is not a number")]
    [InlineData("""{ "extensions": { "serviceBus": { "autoCompleteMessages": "yes" } } }""", "autoCompleteMessages 'yes' is not true or false")]
    [InlineData("""{ "functionTimeout": "long" }""", "host.json: functionTimeout 'long' is not a time span")]
    [InlineData("""{ "extensions": { "serviceBus": { "maxAutoLockRenewalDuration": "-1" } } }""", "maxAutoLockRenewalDuration '-1' is not a time span")]
    public void A_bad_value_in_host_json_is_named(string hostJson, string expected) =>
        Assert.Contains(expected, new TestApp { HostJson = hostJson }.StartupError());

    [Theory]
    [InlineData("""{ "IsEncrypted": true }""", "local.settings.json is encrypted")]
    [InlineData("""{ "Host": { "LocalHttpPort": "high" } }""", "Host.LocalHttpPort 'high' is not a port")]
    [InlineData("""{ "Host": { "CORS": "*", "CORSCredentials": true } }""", "Host.CORSCredentials needs origins by name")]
    [InlineData("""{ "Values": """, "local.settings.json(1,")]
    public void A_bad_local_settings_file_is_named(string settings, string expected) =>
        Assert.Contains(expected, new TestApp { LocalSettings = settings }.StartupError());

    [Fact]
    public void A_port_that_is_none_is_refused() =>
        Assert.Contains("--port 'x' is not a port", new TestApp { Args = ["--port", "x"] }.StartupError());

    [Fact]
    public void A_settings_file_with_an_error_does_not_hide_the_functions_errors()
    {
        var message = new TestApp(typeof(BrokenFunctions)) { LocalSettings = """{ "IsEncrypted": true }""" }.StartupError();
        Assert.Contains("local.settings.json is encrypted", message);
        Assert.Contains("Function 'cron'", message);
    }
}
