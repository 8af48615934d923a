using Azure.Core;
using Azure.Core.Pipeline;

namespace Millwright.OnAzure.Queue;

/// <summary>The pipeline to Service Bus: retries, an Entra token for each try, and no header that is not ours.</summary>
internal static class ServiceBusPipeline
{
    private const string Scope = "https://servicebus.azure.net/.default";

    internal static HttpPipeline Build(TokenCredential credential, ServiceBusClientOptions options)
    {
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.AddPolicy(new ForeignTraceHeaders(), HttpPipelinePosition.BeforeTransport);
        return HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, Scope));
    }

    /// <summary>The transport outside tests.</summary>
    internal static HttpClientTransport Transport() => new(new HttpClient(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });

    /// <summary>
    /// Service Bus makes an unknown header a property of the message. Azure.Core adds the current activity's headers even with tracing
    /// off; a message's own are in quotes and stay.
    /// </summary>
    private sealed class ForeignTraceHeaders : HttpPipelineSynchronousPolicy
    {
        private static readonly string[] Names = ["traceparent", "tracestate", "Request-Id"];

        public override void OnSendingRequest(HttpMessage message)
        {
            foreach (var name in Names)
            {
                if (message.Request.Headers.TryGetValue(name, out var value) && !value.StartsWith('"'))
                {
                    _ = message.Request.Headers.Remove(name);
                }
            }
        }
    }
}
