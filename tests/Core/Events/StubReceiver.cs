using System.Net;
using System.Text;

namespace Millwright.Core.Tests.Events;

/// <summary>An endpoint that answers as the test says.</summary>
public sealed class StubReceiver : HttpMessageHandler
{
    /// <summary>What it answers, given the cancellation of the call.</summary>
    public Func<CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

    /// <summary>What it got.</summary>
    public List<ReceivedEvent> Received { get; } = [];

    /// <summary>Answers with this status.</summary>
    public void AnswerWith(int status, string body = "", string? retryAfter = null) => Answer = _ =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return Task.FromResult(response);
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        Received.Add(new ReceivedEvent(
            request.RequestUri!,
            request.Headers.Concat(request.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
            body));
        return await Answer(cancellationToken);
    }
}
