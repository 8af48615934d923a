using System.Diagnostics;
using System.Text.Json.Nodes;
using Millwright.Core.Storage;
using Millwright.OnAzure.Tests.Loopback;

namespace Millwright.OnAzure.Tests.Queue;

public sealed class ServiceBusMessageTests : ServiceBusTest
{
    [Fact]
    public async Task A_message_is_one_post_to_its_queue()
    {
        await Sender.SendAsync("plain", Message, Cancel);
        var request = Assert.Single(Bus.Requests);
        Assert.Equal(
            ("POST", "millwright-test.servicebus.windows.net", "/plain/messages", Message.Body),
            (request.Method, request.Host, request.Path, request.Body));
    }

    [Fact]
    public async Task The_token_is_asked_for_in_service_buss_own_scope()
    {
        var credential = new StaticCredential();
        await Bus.Sender(credential).SendAsync("plain", Message, Cancel);
        Assert.Equal(["https://servicebus.azure.net/.default"], credential.Scopes);
    }

    [Fact]
    public async Task A_plain_message_carries_its_id_and_nothing_else()
    {
        await Sender.SendAsync("plain", Message, Cancel);
        Assert.Equal("""{"MessageId":"id-1"}""", Bus.Requests.Single().Header("BrokerProperties"));
    }

    [Fact]
    public async Task A_session_id_travels_beside_the_message_id()
    {
        await Sender.SendAsync("sessions", Message with { SessionId = "s-1" }, Cancel);
        Assert.Equal("s-1", Properties()["SessionId"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("2026-07-01T05:00:00+02:00", "Wed, 01 Jul 2026 03:00:00 GMT")]
    [InlineData("2026-07-01T03:00:00.0000001Z", "Wed, 01 Jul 2026 03:00:01 GMT")]
    [InlineData("2026-12-31T23:59:59.5Z", "Fri, 01 Jan 2027 00:00:00 GMT")]
    public async Task A_scheduled_time_is_told_in_utc_and_never_earlier(string time, string expected)
    {
        var at = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        await Sender.SendAsync("plain", Message with { ScheduledAt = at }, Cancel);
        Assert.Equal(expected, Properties()["ScheduledEnqueueTimeUtc"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Größe 件数 😀")]
    [InlineData("a\"b\\c'd")]
    [InlineData("line\r\nX-Injected: yes")]
    public async Task An_id_of_any_text_comes_through_and_makes_no_header(string id)
    {
        await Sender.SendAsync("sessions", Message with { MessageId = id, SessionId = id }, Cancel);
        Assert.Equal((id, id), (Properties()["MessageId"]!.GetValue<string>(), Properties()["SessionId"]!.GetValue<string>()));
        Assert.True(System.Text.Ascii.IsValid(Bus.Requests.Single().Header("BrokerProperties")));
        Assert.Null(Bus.Requests.Single().Header("X-Injected"));
    }

    [Fact]
    public async Task A_body_of_any_text_comes_through()
    {
        await Sender.SendAsync("plain", Message with { Body = "Größe\r\n件数 😀\0" }, Cancel);
        Assert.Equal("Größe\r\n件数 😀\0", Bus.Requests.Single().Body);
        Assert.Equal("text/plain; charset=utf-8", Bus.Requests.Single().Header("Content-Type"));
    }

    [Fact]
    public async Task A_property_is_a_header_with_quoted_text()
    {
        await Sender.SendAsync("plain", WithProperty("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), Cancel);
        Assert.Equal("\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"", Bus.Requests.Single().Header("traceparent"));
    }

    [Fact]
    public async Task Tracing_adds_no_property_of_its_own()
    {
        using var activity = new Activity("sending").SetIdFormat(ActivityIdFormat.W3C).Start();
        await Sender.SendAsync("plain", Message, Cancel);
        string[] ours = ["Authorization", "BrokerProperties", "Content-Type"];
        string[] http = ["Host", "Content-Length", "Accept", "User-Agent", "x-ms-client-request-id", "x-ms-return-client-request-id"];
        Assert.Empty(Bus.Requests.Single().Headers.Keys.Except([.. ours, .. http], StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_messages_own_trace_is_kept_while_another_is_current()
    {
        using var activity = new Activity("sending").SetIdFormat(ActivityIdFormat.W3C).Start();
        await Sender.SendAsync("plain", WithProperty("traceparent", "00-of-the-message-01"), Cancel);
        Assert.Equal("\"00-of-the-message-01\"", Bus.Requests.Single().Header("traceparent"));
    }

    public static TheoryData<string, string> BadProperties => new()
    {
        { "", "v" }, { "a b", "v" }, { "a:b", "v" }, { "a\r\nb", "v" }, { "ä", "v" }, { new string('n', QueueProperties.NameLength + 1), "v" },
        { "Authorization", "v" }, { "brokerproperties", "v" }, { "Content-Type", "v" }, { "Host", "v" }, { "x-ms-retrypolicy", "v" },
        { "a", "v\r\nX-Injected: yes" }, { "a", "v\0" }, { "a", "ä" }, { "a", "\"" }, { "a", "\\" },
    };

    [Theory]
    [MemberData(nameof(BadProperties))]
    public async Task A_property_that_is_no_header_is_refused_before_anything_travels(string name, string value)
    {
        await Assert.ThrowsAsync<StorageLimitException>(() => Sender.SendAsync("plain", WithProperty(name, value), Cancel));
        Assert.Empty(Bus.Requests);
    }

    [Fact]
    public async Task Properties_whose_names_differ_in_case_only_are_refused() =>
        await Assert.ThrowsAsync<StorageLimitException>(() => Sender.SendAsync(
            "plain",
            Message with { Properties = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1", ["A"] = "2" } },
            Cancel));

    private static QueueMessage WithProperty(string name, string value) =>
        Message with { Properties = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value } };

    private JsonNode Properties() => JsonNode.Parse(Bus.Requests.Single().Header("BrokerProperties")!)!;
}
