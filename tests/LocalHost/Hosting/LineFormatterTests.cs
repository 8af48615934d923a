using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Millwright.LocalHost.Hosting;

namespace Millwright.LocalHost.Tests.Hosting;

public sealed class LineFormatterTests
{
    private readonly LineFormatter _formatter = new(new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 8, 15, 30, TimeSpan.Zero)));

    [Fact]
    public void An_entry_is_one_line_with_the_innermost_requests_id()
    {
        var scopes = new LoggerExternalScopeProvider();
        using var server = scopes.Push(new Dictionary<string, object> { ["RequestId"] = "server", ["RequestPath"] = "/x" });
        using var app = scopes.Push(new Dictionary<string, object> { ["RequestId"] = "app" });
        using var inner = scopes.Push("something else");

        var line = Write("two\nlines", new InvalidOperationException("and\nmore"), scopes);

        Assert.Equal(
            $"08:15:30.000 warn: Category two lines System.InvalidOperationException: and more request=app{Environment.NewLine}", line);
    }

    [Fact]
    public void Control_characters_do_not_reach_the_terminal() =>
        Assert.Equal($"08:15:30.000 warn: Category a [31m b{Environment.NewLine}", Write("a\u001b[31m\vb", null, new LoggerExternalScopeProvider()));

    [Fact]
    public void Without_a_request_none_is_named() =>
        Assert.Equal($"08:15:30.000 warn: Category text{Environment.NewLine}", Write("text", null, new LoggerExternalScopeProvider()));

    private string Write(string message, Exception? exception, IExternalScopeProvider scopes)
    {
        using var output = new StringWriter();
        _formatter.Write(new LogEntry<string>(LogLevel.Warning, "Category", default, message, exception, (state, _) => state), scopes, output);
        return output.ToString();
    }
}
