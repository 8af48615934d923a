using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Millwright.Core.Errors;
using Millwright.Functions.Http;

namespace Millwright.Functions.Tests;

public sealed class FailureTests
{
    public static TheoryData<Exception, string> Failures => new()
    {
        { new ApiException(ErrorCode.Conflict, "Known."), "CONFLICT" },
        { new RequestFailedException(500, "Azure failed."), "SERVICE_UNAVAILABLE" },
        { new AggregateException(new RequestFailedException("Connection refused.")), "SERVICE_UNAVAILABLE" },
        { new SqliteException("disk I/O error", 10), "SERVICE_UNAVAILABLE" },
        { new BadHttpRequestException("Too large.", 413), "BODY_TOO_LARGE" },
        { new BadHttpRequestException("Malformed."), "INVALID_REQUEST" },
        { new AggregateException(new InvalidOperationException()), "INTERNAL_ERROR" },
        { new InvalidOperationException("A bug."), "INTERNAL_ERROR" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void An_exception_becomes_the_failure_that_its_caller_can_act_on(Exception exception, string code) =>
        Assert.Equal(code, Failure.Of(exception).Code.Name);

    [Fact]
    public void A_foreign_exceptions_text_does_not_reach_the_caller() =>
        Assert.DoesNotContain("secret", Failure.Of(new InvalidOperationException("the secret is 42")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_answer_that_asks_for_the_same_key_again_carries_it()
    {
        var http = new DefaultHttpContext();

        await ErrorResponse.WriteAsync(http, new ApiException(ErrorCode.OutcomeUnknown, "Lost.") { IdempotencyKey = "key-1" });

        Assert.Equal("key-1", http.Response.Headers["Idempotency-Key"]);
    }
}
