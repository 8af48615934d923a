using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Hosting;
using Millwright.LocalHost.Tests.Hosting;

namespace Millwright.LocalHost.Tests.Http;

public sealed class MiddlewareTests
{
    [Fact]
    public async Task Middleware_runs_in_the_order_added_around_the_function()
    {
        await using var app = new TestApp(typeof(HttpFunctions));
        await app.StartAsync(b =>
        {
            b.UseMiddleware<Outer>();
            b.UseMiddleware(async (_, next) =>
            {
                app.Probe.Tell("inner in");
                await next();
                app.Probe.Tell("inner out");
            });
        });
        await app.Client.GetAsync("instance");
        foreach (var step in new[] { "outer in", "inner in", "called", "disposed", "inner out", "outer out" })
        {
            Assert.Equal(step, await app.Probe.NextAsync());
        }
    }

    [Fact]
    public async Task UseWhen_runs_only_for_the_calls_it_takes()
    {
        await using var app = new TestApp(typeof(HttpFunctions));
        await app.StartAsync(b => b.UseWhen<Outer>(c => c.FunctionDefinition.Name == "named"));
        await app.Client.GetAsync("direct");
        Assert.True(app.Probe.IsQuiet);
        await app.Client.GetAsync("named");
        Assert.Equal("outer in", await app.Probe.NextAsync());
    }

    [Fact]
    public async Task Middleware_sees_the_request_and_its_headers_stand_beside_the_result()
    {
        await using var app = new TestApp(typeof(HttpFunctions));
        await app.StartAsync(b => b.UseMiddleware(async (context, next) =>
        {
            await next();
            Assert.False(context.GetHttpContext()!.Response.HasStarted);
            context.GetHttpContext()!.Response.Headers["X-Request-Id"] = context.InvocationId;
        }));
        using var response = await app.Client.GetAsync("named");
        Assert.Equal("named", await response.Content.ReadAsStringAsync());
        Assert.True(Guid.TryParse(Assert.Single(response.Headers.GetValues("X-Request-Id")), out _));
    }

    [Fact]
    public async Task Middleware_may_answer_for_a_function_that_failed()
    {
        await using var app = new TestApp(typeof(HttpFunctions));
        await app.StartAsync(b => b.UseMiddleware(async (context, next) =>
        {
            try
            {
                await next();
            }
            catch (InvalidOperationException)
            {
                context.GetInvocationResult().Value = Results.Text("mended", statusCode: 503);
            }
        }));
        using var response = await app.Client.GetAsync("throws");
        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal("mended", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Middleware_added_before_the_web_application_sees_no_request()
    {
        await using var app = new TestApp(typeof(HttpFunctions));
        var builder = app.CreateBuilder();
        builder.UseMiddleware(async (context, next) =>
        {
            app.Probe.Tell(context.GetHttpContext() is null);
            await next();
        });
        builder.ConfigureFunctionsWebApplication();
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = TestAddress.Of(host) };
        Assert.Equal("named", await client.GetStringAsync("named"));
        Assert.True(await app.Probe.NextAsync<bool>());
    }

    [Fact]
    public async Task An_app_is_built_once()
    {
        await using var app = new TestApp();
        var builder = app.CreateBuilder();
        using var host = builder.Build();
        Assert.Throws<InvalidOperationException>(builder.Build);
        Assert.Throws<InvalidOperationException>(() => builder.Use(next => next));
    }

    internal sealed class Outer(Probe probe) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            probe.Tell("outer in");
            await next(context);
            probe.Tell("outer out");
        }
    }
}
