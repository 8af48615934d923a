using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Protocols.Http;
using Millwright.Core.Connections.Raw;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>Calls methods of one Tryton database in a session. Used by many calls at once.</summary>
internal sealed class TrytonClient : IDisposable
{
    private static readonly byte[] ErrorMember = "error"u8.ToArray();
    private static readonly byte[] ResultMember = "result"u8.ToArray();

    private readonly UpstreamClient _http;
    private readonly TrytonCredentials _credentials;
    private readonly TrytonSessions _sessions;

    public TrytonClient(UpstreamClient http, TrytonCredentials credentials, TimeProvider time)
    {
        _http = http;
        _credentials = credentials;
        _sessions = new TrytonSessions(LoginAsync, time);
    }

    /// <summary>Makes sure that there is a session that the server takes.</summary>
    /// <exception cref="ApiException"><c>AUTHENTICATION_FAILED</c>, or what kept the server from answering.</exception>
    public Task ProveAsync(CancellationToken cancellationToken) =>
        CallAsync(TrytonCall.Read("res.user", "get_preferences", [true]), cancellationToken);

    /// <summary>The bytes of the result. A session that the server has forgotten is renewed once.</summary>
    /// <exception cref="ApiException">Whatever Tryton or the way there answered.</exception>
    public async Task<ReadOnlyMemory<byte>> CallAsync(TrytonCall call, CancellationToken cancellationToken)
    {
        var session = await _sessions.GetAsync(null, cancellationToken);
        var response = await SendAsync(call, session, cancellationToken);
        if (response.Status == 401)
        {
            session = await _sessions.GetAsync(session, cancellationToken);
            response = await SendAsync(call, session, cancellationToken);
        }

        return Result(response, call.Safety);
    }

    /// <summary>Sends a request of the caller's own with the session's header. A session that the server has forgotten is renewed once.</summary>
    /// <returns>The answer, of whatever status but 401.</returns>
    /// <exception cref="ApiException"><c>INVALID_REQUEST</c>; <c>AUTHENTICATION_FAILED</c>; why no answer came.</exception>
    public async Task<PassthroughResponse> PassAsync(PassthroughRequest request, CancellationToken cancellationToken)
    {
        PassthroughHeaders.Check(request.Headers);
        var uri = PassthroughAddress.Of(new Uri(_credentials.Endpoint, ".."), request);
        var session = await _sessions.GetAsync(null, cancellationToken);
        var response = await SendAsync(session);
        if (response.Status == 401)
        {
            session = await _sessions.GetAsync(session, cancellationToken);
            response = await SendAsync(session);
        }

        return response.Status == 401
            ? throw TrytonError.From(response, RequestSafety.Write)
            : new PassthroughResponse(response.Status, PassthroughHeaders.Answered(response.Headers, _credentials.Password, session.Authorization), response.Body);

        Task<UpstreamResponse> SendAsync(TrytonSession with) => _http.SendAsync(
            new UpstreamRequest(request.Method, uri, request.Method == HttpMethod.Get ? RequestSafety.Read : RequestSafety.Write)
            {
                Headers = [KeyValuePair.Create("Authorization", with.Authorization), .. request.Headers],
                Body = request.Body,
                ContentType = request.ContentType,
            },
            cancellationToken);
    }

    /// <summary>The user's preferences, which every call's context has.</summary>
    public async Task<JsonObject> ContextAsync(CancellationToken cancellationToken) =>
        JsonNode.Parse((await _sessions.GetAsync(null, cancellationToken)).Context.Span)!.AsObject();

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private Task<UpstreamResponse> SendAsync(TrytonCall call, TrytonSession session, CancellationToken cancellationToken) =>
        PostAsync(TrytonEnvelope.Write(call.Method, call.Arguments, session.Context, call.Context), call.Safety, session.Authorization, cancellationToken);

    private async Task<TrytonSession> LoginAsync(CancellationToken cancellationToken)
    {
        var body = TrytonEnvelope.Write("common.db.login", [_credentials.Login, new JsonObject { ["password"] = _credentials.Password }, "en"], null, null);
        var login = Result(await PostAsync(body, RequestSafety.Once, null, cancellationToken), RequestSafety.Once);
        var authorization = "Session " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_credentials.Login}:{Token(login)}"));

        body = TrytonEnvelope.Write("model.res.user.get_preferences", [true], "{}"u8.ToArray(), null);
        var preferences = Result(await PostAsync(body, RequestSafety.Read, authorization, cancellationToken), RequestSafety.Read);
        return new TrytonSession(authorization, preferences);
    }

    // [user id, session token]; null where the server neither refuses nor logs in.
    private static string Token(ReadOnlyMemory<byte> login)
    {
        using var document = JsonDocument.Parse(login);
        return document.RootElement is { ValueKind: JsonValueKind.Array } pair && pair.GetArrayLength() == 2
            ? $"{pair[0].GetRawText()}:{pair[1].GetString()}"
            : throw new ApiException(ErrorCode.AuthenticationFailed, "Tryton did not open a session for this user.");
    }

    private Task<UpstreamResponse> PostAsync(ReadOnlyMemory<byte> body, RequestSafety safety, string? authorization, CancellationToken cancellationToken) =>
        _http.SendAsync(
            new UpstreamRequest(HttpMethod.Post, _credentials.Endpoint, safety)
            {
                Body = body,
                Headers = authorization is null ? [] : [new("Authorization", authorization)],
            },
            cancellationToken);

    private static ReadOnlyMemory<byte> Result(UpstreamResponse response, RequestSafety safety)
    {
        if (response.Status != 200)
        {
            throw TrytonError.From(response, safety);
        }

        return JsonParts.Members(response.Body, ErrorMember, ResultMember) switch
        {
            [{ IsEmpty: false } error, _] => throw TrytonError.From(error),
            [_, { IsEmpty: false } result] => result,
            _ => throw TrytonError.NotTryton(safety),
        };
    }
}
