using Azure;
using Millwright.Core.Storage;
using Millwright.OnAzure.Tests.Loopback;

namespace Millwright.OnAzure.Tests.Queue;

public sealed class ServiceBusFailureTests : ServiceBusTest
{
    [Fact]
    public async Task A_lost_answer_is_sent_again_under_the_same_message_id()
    {
        var lost = false;
        Bus.AfterAccept = context =>
        {
            if (!lost)
            {
                lost = true;
                context.Abort();
            }
        };
        await Sender.SendAsync("plain", Message, Cancel);
        Assert.Equal(2, Bus.Requests.Count());
        Assert.Equal(["id-1"], Bus.Accepted.Keys);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_passing_refusal_is_tried_again(int status)
    {
        var refusals = 0;
        Bus.Before = context =>
        {
            context.Response.StatusCode = status;
            return ++refusals <= 2;
        };
        await Sender.SendAsync("plain", Message, Cancel);
        Assert.Equal(["id-1"], Bus.Accepted.Keys);
    }

    [Theory]
    [InlineData(503, 4)]
    [InlineData(400, 1)]
    [InlineData(403, 1)]
    [InlineData(410, 1)]
    [InlineData(413, 1)]
    [InlineData(200, 1)]
    public async Task An_answer_other_than_201_is_an_exception_with_its_status(int status, int tries)
    {
        Bus.Before = context =>
        {
            context.Response.StatusCode = status;
            return true;
        };
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Sender.SendAsync("plain", Message, Cancel));
        Assert.Equal(status, failure.Status);
        Assert.Equal(tries, Bus.Requests.Count());
    }

    [Fact]
    public async Task A_refused_token_is_an_exception_that_does_not_hold_it()
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => Bus.Sender(new StaticCredential("bad-token")).SendAsync("plain", Message, Cancel));
        Assert.Equal(401, failure.Status);
        Assert.DoesNotContain("bad-token", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_service_bus_does_not_have_is_an_exception()
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => Bus.Sender(null, new QueueDefinition("elsewhere")).SendAsync("elsewhere", Message, Cancel));
        Assert.Equal("Service Bus answered 404 to a message for queue 'elsewhere': there is no such queue.", failure.Message);
    }

    [Fact]
    public async Task A_queue_that_was_not_defined_is_refused_before_anything_travels()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Sender.SendAsync("plain/../sessions", Message, Cancel));
        Assert.Empty(Bus.Requests);
    }

    [Fact]
    public async Task A_message_without_a_session_id_is_refused_by_a_queue_that_needs_one()
    {
        await Assert.ThrowsAsync<StorageLimitException>(() => Sender.SendAsync("sessions", Message, Cancel));
        Assert.Empty(Bus.Requests);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_before_anything_travels()
    {
        var message = Message with { Body = new string('x', QueueLimits.MessageBytes) };
        await Assert.ThrowsAsync<StorageLimitException>(() => Sender.SendAsync("plain", message, Cancel));
        Assert.Empty(Bus.Requests);
    }

    [Fact]
    public async Task A_cancelled_send_ends()
    {
        using var cancel = new CancellationTokenSource();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Bus.Before = context =>
        {
            arrived.SetResult();
            context.RequestAborted.WaitHandle.WaitOne();
            return true;
        };
        var sending = Sender.SendAsync("plain", Message, cancel.Token);
        await arrived.Task;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task Neither_body_nor_token_is_ever_logged()
    {
        using var log = new SdkLog();
        await Sender.SendAsync("plain", Message with { Body = "body-of-a-customer" }, Cancel);
        await Assert.ThrowsAsync<RequestFailedException>(() => Bus.Sender(new StaticCredential("bad-token")).SendAsync("plain", Message, Cancel));
        Assert.Contains("/plain/messages", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("body-of-a-customer", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(StaticCredential.GoodToken, log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("bad-token", log.Text, StringComparison.Ordinal);
    }
}
