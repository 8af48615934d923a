using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Millwright.Connectors.Tests.Protocols.Tryton;

/// <summary>
/// A server that answers as a Tryton 6.0 was seen to answer: sessions, and for every other call what the test says. For faults that a real
/// one cannot be brought to show at will; everything else is tested against the real one.
/// </summary>
internal sealed class FakeTryton : IAsyncDisposable
{
    public const string Login = "api-user-1";
    public const string Password = "correct-horse-Secret";
    public const string Unauthorized = "<!doctype html>\n<html lang=en>\n<title>401 Unauthorized</title>\n<h1>Unauthorized</h1>";

    private LoopbackServer _server = null!;
    private int _session;

    /// <summary>Calls by method.</summary>
    public ConcurrentDictionary<string, int> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>Bodies of all calls, in order of arrival.</summary>
    public ConcurrentQueue<string> Bodies { get; } = new();

    /// <summary>Answers a call: true where it did, false for the ordinary answer.</summary>
    public Func<HttpContext, string, Task<bool>> Answer { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Makes every session that was opened so far unknown.</summary>
    public void ForgetSessions() => Interlocked.Increment(ref _session);

    public Uri Endpoint => new(_server.Address, "/db/");

    public static async Task<FakeTryton> StartAsync()
    {
        var fake = new FakeTryton();
        fake._server = await LoopbackServer.StartAsync(fake.HandleAsync);
        return fake;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        using var document = JsonDocument.Parse(body);
        var method = document.RootElement.GetProperty("method").GetString()!;
        Bodies.Enqueue(body);
        Calls.AddOrUpdate(method, 1, (_, n) => n + 1);
        if (await Answer(context, method))
        {
            return;
        }

        if (method == "common.db.login")
        {
            var right = document.RootElement.GetProperty("params")[1].GetProperty("password").GetString() == Password;
            await (right ? Result(context, $"[2,\"token{_session}\"]") : Status(context, 401, Unauthorized));
        }
        else if (context.Request.Headers.Authorization != $"Session {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{Login}:2:token{_session}"))}")
        {
            await Status(context, 401, "");
        }
        else
        {
            await Result(context, method == "model.res.user.get_preferences" ? """{"company":1,"language":"en"}""" : "[]");
        }
    }

    public static Task Result(HttpContext context, string json) => Json(context, $$"""{"id":1,"result":{{json}}}""");

    public static Task Error(HttpContext context, string json) => Json(context, $$"""{"id":1,"error":{{json}}}""");

    public static Task Status(HttpContext context, int status, string html)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html);
    }

    private static Task Json(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }
}
