using System.Reflection;

namespace Millwright.Core.Errors;

/// <summary>
/// The closed catalogue of what can go wrong. Callers branch on <see cref="Name"/>; a name never changes its meaning.
/// The public list is <c>docs/errors.md</c> and the OpenAPI document, both checked against this class.
/// </summary>
public sealed class ErrorCode
{
    /// <summary>The body is not JSON.</summary>
    public static readonly ErrorCode MalformedJson = new(
        "MALFORMED_JSON", "invalid_request", 400, ErrorOwner.Caller, RetryAdvice.Never, "The request body is not well-formed JSON. The message gives the line and column.");

    /// <summary>A parameter or header is wrong.</summary>
    public static readonly ErrorCode InvalidRequest = new(
        "INVALID_REQUEST", "invalid_request", 400, ErrorOwner.Caller, RetryAdvice.Never, "A parameter or header is unknown, missing or has a wrong value. `details` names each one.");

    /// <summary>The connected system cannot filter so.</summary>
    public static readonly ErrorCode UnsupportedFilter = new(
        "UNSUPPORTED_FILTER", "invalid_request", 400, ErrorOwner.Caller, RetryAdvice.Never, "The connected system cannot filter by this field or operator. `details` names each one; the capability table in `GET /api/system/platforms` lists what it can do. A filter is never ignored.");

    /// <summary>The connected system cannot sort so.</summary>
    public static readonly ErrorCode UnsupportedSort = new(
        "UNSUPPORTED_SORT", "invalid_request", 400, ErrorOwner.Caller, RetryAdvice.Never, "The connected system cannot sort by this field. `details` names it. A sort is never ignored.");

    /// <summary>The cursor is not one we gave for this list.</summary>
    public static readonly ErrorCode InvalidCursor = new(
        "INVALID_CURSOR", "invalid_request", 400, ErrorOwner.Caller, RetryAdvice.Never, "The cursor was not issued for this list and filter, or the connected system no longer accepts it. Start again without one.");

    /// <summary>No token, or one that is unknown or expired.</summary>
    public static readonly ErrorCode InvalidToken = new(
        "INVALID_TOKEN", "authentication", 401, ErrorOwner.Caller, RetryAdvice.Never, "The `Authorization: Bearer` token is missing, malformed, unknown, expired or revoked.");

    /// <summary>Wrong client id or secret.</summary>
    public static readonly ErrorCode InvalidClient = new(
        "INVALID_CLIENT", "authentication", 401, ErrorOwner.Caller, RetryAdvice.Never, "The client id or client secret is wrong.");

    /// <summary>A webhook that is not authentic.</summary>
    public static readonly ErrorCode InvalidSignature = new(
        "INVALID_SIGNATURE", "authentication", 401, ErrorOwner.Caller, RetryAdvice.Never, "The webhook's signature is missing, wrong or too old, or nothing is expected at this address. Which of them is not told.");

    /// <summary>A token of the wrong kind.</summary>
    public static readonly ErrorCode WrongTokenKind = new(
        "WRONG_TOKEN_KIND", "permission", 403, ErrorOwner.Caller, RetryAdvice.Never, "The token is valid but of the wrong kind: entity calls take a connection's token, system calls an application's.");

    /// <summary>The connected system refuses the credentials.</summary>
    public static readonly ErrorCode AuthenticationFailed = new(
        "AUTHENTICATION_FAILED", "permission", 403, ErrorOwner.Credential, RetryAdvice.Never, "The connected system refuses the stored or given credentials. Reconnect with working ones.");

    /// <summary>The connection waits for new credentials.</summary>
    public static readonly ErrorCode ReauthorizationRequired = new(
        "REAUTHORIZATION_REQUIRED", "permission", 403, ErrorOwner.Credential, RetryAdvice.Never, "The connected system refused the connection's credentials, so it is no longer called with them. Reconnect with working ones: `POST /api/system/connections/{id}/reconnect`. Nothing was sent.");

    /// <summary>The credentials lack a right in the connected system.</summary>
    public static readonly ErrorCode PermissionDenied = new(
        "PERMISSION_DENIED", "permission", 403, ErrorOwner.Credential, RetryAdvice.Never, "The connected system accepts the credentials but does not let them do this. Its administrator has to grant the right.");

    /// <summary>No such route.</summary>
    public static readonly ErrorCode RouteNotFound = new(
        "ROUTE_NOT_FOUND", "not_found", 404, ErrorOwner.Caller, RetryAdvice.Never, "Nothing answers this path, or not with this verb.");

    /// <summary>No such entity in the unified model.</summary>
    public static readonly ErrorCode UnknownEntity = new(
        "UNKNOWN_ENTITY", "not_found", 404, ErrorOwner.Caller, RetryAdvice.Never, "The unified model has no such entity in this area.");

    /// <summary>No such record in the connected system.</summary>
    public static readonly ErrorCode RecordNotFound = new(
        "RECORD_NOT_FOUND", "not_found", 404, ErrorOwner.Caller, RetryAdvice.Never, "The connected system has no record with this key, or hides it from these credentials.");

    /// <summary>No such connection.</summary>
    public static readonly ErrorCode ConnectionNotFound = new(
        "CONNECTION_NOT_FOUND", "not_found", 404, ErrorOwner.Caller, RetryAdvice.Never, "There is no connection with this id.");

    /// <summary>No such secret.</summary>
    public static readonly ErrorCode SecretNotFound = new(
        "SECRET_NOT_FOUND", "not_found", 404, ErrorOwner.Caller, RetryAdvice.Never, "The connection's webhooks have no secret with this key.");

    /// <summary>No such failure.</summary>
    public static readonly ErrorCode FailureNotFound = new(
        "FAILURE_NOT_FOUND", "not_found", 404, ErrorOwner.Caller, RetryAdvice.Never, "There is no failed webhook with this id.");

    /// <summary>No such endpoint.</summary>
    public static readonly ErrorCode EndpointNotFound = new(
        "ENDPOINT_NOT_FOUND", "not_found", 404, ErrorOwner.Caller, RetryAdvice.Never, "There is no webhook endpoint with this id.");

    /// <summary>No such delivery.</summary>
    public static readonly ErrorCode DeliveryNotFound = new(
        "DELIVERY_NOT_FOUND", "not_found", 404, ErrorOwner.Caller, RetryAdvice.Never, "The endpoint has no delivery with this id, or it is so old that it is no longer kept.");

    /// <summary>The record's state does not allow it.</summary>
    public static readonly ErrorCode Conflict = new(
        "CONFLICT", "conflict", 409, ErrorOwner.Caller, RetryAdvice.Never, "The record's present state does not allow the operation, or it was changed at the same time. Read it again.");

    /// <summary>The status cannot be reached from the present one.</summary>
    public static readonly ErrorCode StatusNotReachable = new(
        "STATUS_NOT_REACHABLE", "conflict", 409, ErrorOwner.Caller, RetryAdvice.Never, "The connected system has no way from the record's present status to the one asked for. The record keeps the status that `details` names.");

    /// <summary>The key came with another request.</summary>
    public static readonly ErrorCode IdempotencyKeyReused = new(
        "IDEMPOTENCY_KEY_REUSED", "conflict", 409, ErrorOwner.Caller, RetryAdvice.Never, "The Idempotency-Key was used within 24 hours for another request. Use a new key for a new request.");

    /// <summary>The first request with the key is still under way.</summary>
    public static readonly ErrorCode IdempotencyInProgress = new(
        "IDEMPOTENCY_IN_PROGRESS", "conflict", 409, ErrorOwner.Caller, RetryAdvice.AfterRetryAfter, "The first request with this Idempotency-Key has not ended yet. Send the same request again after Retry-After.");

    /// <summary>The body is over the size limit.</summary>
    public static readonly ErrorCode BodyTooLarge = new(
        "BODY_TOO_LARGE", "invalid_request", 413, ErrorOwner.Caller, RetryAdvice.Never, "The request body is over the size limit, which the message gives.");

    /// <summary>The body's media type is not served.</summary>
    public static readonly ErrorCode UnsupportedMediaType = new(
        "UNSUPPORTED_MEDIA_TYPE", "invalid_request", 415, ErrorOwner.Caller, RetryAdvice.Never, "The request body's Content-Type is not one this route takes.");

    /// <summary>The body breaks the model's rules.</summary>
    public static readonly ErrorCode ValidationFailed = new(
        "VALIDATION_FAILED", "validation", 422, ErrorOwner.Caller, RetryAdvice.Never, "The body is JSON but breaks the model or lacks what the connected system needs. `details` names every field. Nothing was written.");

    /// <summary>The connected system lacks the entity or the operation.</summary>
    public static readonly ErrorCode UnsupportedOperation = new(
        "UNSUPPORTED_OPERATION", "validation", 422, ErrorOwner.Caller, RetryAdvice.Never, "The connected system or its connector does not offer this operation or field. `details` lists what it does offer.");

    /// <summary>The connected system refused the data.</summary>
    public static readonly ErrorCode SourceRejected = new(
        "SOURCE_REJECTED", "validation", 422, ErrorOwner.Caller, RetryAdvice.Never, "The connected system looked at the data and refused it, for the reason in the message. Nothing was written.");

    /// <summary>Too many requests.</summary>
    public static readonly ErrorCode RateLimitExceeded = new(
        "RATE_LIMIT_EXCEEDED", "rate_limit", 429, ErrorOwner.Caller, RetryAdvice.AfterRetryAfter, "Too many requests, for the connected system or for this installation. Retry after Retry-After seconds.");

    /// <summary>Our own fault.</summary>
    public static readonly ErrorCode InternalError = new(
        "INTERNAL_ERROR", "internal", 500, ErrorOwner.Millwright, RetryAdvice.WithSameKey, "Millwright failed. The log has the cause under the request id.");

    /// <summary>The connected system failed.</summary>
    public static readonly ErrorCode SourceError = new(
        "SOURCE_ERROR", "upstream", 502, ErrorOwner.System, RetryAdvice.WithSameKey, "The connected system failed or answered something that cannot be understood.");

    /// <summary>Suspiciously many records are gone.</summary>
    public static readonly ErrorCode MassDeletion = new(
        "MASS_DELETION", "upstream", 502, ErrorOwner.System, RetryAdvice.Never, "A comparison of all records of an entity found more than a fifth of the known ones gone. Nothing was taken as deleted. It stands in the sync status and in `sync.failed`; if they really are gone, ask for a sync with `accept_deletions`.");

    /// <summary>The connected system cannot be reached.</summary>
    public static readonly ErrorCode SourceUnreachable = new(
        "SOURCE_UNREACHABLE", "upstream", 502, ErrorOwner.System, RetryAdvice.WithSameKey, "No connection to the system's address could be made: name, network, TLS or a server that is down.");

    /// <summary>The connected system is being spared.</summary>
    public static readonly ErrorCode SourceUnavailable = new(
        "SOURCE_UNAVAILABLE", "upstream", 503, ErrorOwner.System, RetryAdvice.AfterRetryAfter, "The connected system failed too often just now, says that it is down, or has too many of this connection's calls waiting. It was not called.");

    /// <summary>Our own storage is down.</summary>
    public static readonly ErrorCode ServiceUnavailable = new(
        "SERVICE_UNAVAILABLE", "internal", 503, ErrorOwner.Millwright, RetryAdvice.AfterRetryAfter, "Millwright cannot reach its own storage. Nothing was written to the connected system.");

    /// <summary>The connected system did not answer in time.</summary>
    public static readonly ErrorCode SourceTimeout = new(
        "SOURCE_TIMEOUT", "upstream", 504, ErrorOwner.System, RetryAdvice.WithSameKey, "The connected system did not answer in time.");

    /// <summary>A write may or may not have happened.</summary>
    public static readonly ErrorCode OutcomeUnknown = new(
        "OUTCOME_UNKNOWN", "upstream", 504, ErrorOwner.System, RetryAdvice.WithSameKey, "The connected system's answer to a write was lost and the record could not be found yet. Send the same request with the same Idempotency-Key (the answer carries it): it never writes twice.");

    private ErrorCode(string name, string type, int status, ErrorOwner owner, RetryAdvice retry, string meaning)
    {
        Name = name;
        Type = type;
        Status = status;
        Owner = owner;
        Retry = retry;
        Meaning = meaning;
    }

    /// <summary>All codes, in the order of their status.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
        [.. typeof(ErrorCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (ErrorCode)f.GetValue(null)!).OrderBy(c => c.Status)];

    /// <summary>What callers branch on, such as <c>RATE_LIMIT_EXCEEDED</c>.</summary>
    public string Name { get; }

    /// <summary>The coarse kind, such as <c>rate_limit</c>.</summary>
    public string Type { get; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>Who has to act.</summary>
    public ErrorOwner Owner { get; }

    /// <summary>Whether and how to try again.</summary>
    public RetryAdvice Retry { get; }

    /// <summary>The meaning in a sentence or two, for the documentation.</summary>
    public string Meaning { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
