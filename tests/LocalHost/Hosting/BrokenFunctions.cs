using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Millwright.LocalHost.Tests.Hosting;

/// <summary>Each of these keeps the app from starting.</summary>
public static class BrokenFunctions
{
    [Function("twice")]
    public static void First([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;

    [Function("Twice")]
    public static void Second([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;

    [Function("no-trigger")]
    public static void NoTrigger(string text) => _ = text;

    [Function("cron")]
    public static void Cron([TimerTrigger("0 99 * * * *")] TimerInfo timer) => _ = timer;

    [Function("cron-setting")]
    public static void CronSetting([TimerTrigger("%Nothing%")] TimerInfo timer) => _ = timer;

    [Function("not-timer-info")]
    public static void NotTimerInfo([TimerTrigger("0 * * * * *")] string timer) => _ = timer;

    [Function("retry-interval")]
    [FixedDelayRetry(1, "soon")]
    public static void RetryInterval([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;

    [Function("retry-on-http")]
    [FixedDelayRetry(1, "00:00:01")]
    public static IResult RetryOnHttp([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();

    [Function("no-receiver")]
    public static void NoReceiver([ServiceBusTrigger("queue")] string body) => _ = body;

    [Function("topic")]
    public static void Topic([ServiceBusTrigger("topic", "subscription")] string body) => _ = body;

    [Function("batch")]
    public static void Batch([ServiceBusTrigger("queue", IsBatched = true)] string body) => _ = body;

    [Function("own-completion")]
    public static void OwnCompletion([ServiceBusTrigger("queue", AutoCompleteMessages = false)] string body) => _ = body;

    [Function("message-type")]
    public static void MessageType([ServiceBusTrigger("queue")] int body) => _ = body;

    [Function("unknown-parameter")]
    public static IResult UnknownParameter(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "a/{id}")] HttpRequest request, string name) => Results.Text(name);

    [Function("route-type")]
    public static IResult RouteType(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "b/{id}")] HttpRequest request, Stream id) => Results.Stream(id);

    [Function("route")]
    public static IResult Route([HttpTrigger(AuthorizationLevel.Anonymous, Route = "c/{id")] HttpRequest request) => Results.Ok();

    [Function("same-route")]
    public static IResult SameRoute([HttpTrigger(AuthorizationLevel.Anonymous, "put", "get", Route = "D/{id}")] HttpRequest request) => Results.Ok();

    [Function("same-route-first")]
    public static IResult SameRouteFirst([HttpTrigger(AuthorizationLevel.Anonymous, "GET", Route = "d/{id}")] HttpRequest request) => Results.Ok();

    [Function("not-public")]
    internal static void NotPublic([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;
}

/// <summary>Services cannot make it.</summary>
public sealed class WithoutConstructor
{
    private readonly string _text;

    private WithoutConstructor() => _text = "never";

    [Function("constructor")]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text(_text);
}
