using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Millwright.Core.Errors;

namespace Millwright.Functions.Http;

/// <summary>Turns what a function threw into the failure that its caller is told.</summary>
internal static class Failure
{
    private static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(5);

    /// <summary>The failure. Its message never quotes an exception that is not ours.</summary>
    public static ApiException Of(Exception exception) => exception switch
    {
        ApiException known => known,
        RequestFailedException or SqliteException => StorageDown(exception),

        // The Azure clients, when every try ended without an answer.
        AggregateException several when several.InnerExceptions.All(e => e is RequestFailedException) => StorageDown(several),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } tooLarge =>
            new ApiException(ErrorCode.BodyTooLarge, "The body is over the size limit of the server.", tooLarge),
        BadHttpRequestException bad => new ApiException(ErrorCode.InvalidRequest, "The request could not be read.", bad),
        _ => new ApiException(ErrorCode.InternalError, "Millwright failed. Its log has the cause under this request id.", exception),
    };

    private static ApiException StorageDown(Exception cause) =>
        new(ErrorCode.ServiceUnavailable, "Millwright cannot reach its own storage.", cause) { RetryAfter = StorageRetry };
}
