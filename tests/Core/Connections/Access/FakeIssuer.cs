using Millwright.Core.Connections.Access;
using Millwright.Core.Errors;

namespace Millwright.Core.Tests.Connections.Access;

/// <summary>A system whose tokens last an hour and whose refresh tokens work once. It tells of each request, and answers when the test lets it.</summary>
internal sealed class FakeIssuer(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private int _issued;
    private string? _good;

    /// <summary>The refresh tokens of the requests so far; null for the first of all.</summary>
    public List<string?> Requests { get; } = [];

    /// <summary>Whether refresh tokens are good more than once.</summary>
    public bool Lenient { get; set; }

    /// <summary>What happens between the system's decision and the arrival of its answer.</summary>
    public Func<CancellationToken, Task> OnTheWay { get; set; } = _ => Task.CompletedTask;

    /// <summary>What happens before the system decides.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    public async Task<AccessToken> IssueAsync(AccessToken? latest, CancellationToken cancellationToken)
    {
        lock (Requests)
        {
            Requests.Add(latest?.RefreshToken);
        }

        await Before(cancellationToken);
        var token = Decide(latest);
        await OnTheWay(cancellationToken);
        return token;
    }

    private AccessToken Decide(AccessToken? latest)
    {
        lock (Requests)
        {
            if (!Lenient && latest?.RefreshToken != _good)
            {
                throw new ApiException(ErrorCode.AuthenticationFailed, "The refresh token was used before.");
            }

            _good = $"refresh-{++_issued}";
            return new AccessToken($"access-{_issued}", time.GetUtcNow()) { RefreshToken = _good, ExpiresAt = time.GetUtcNow() + Lifetime };
        }
    }
}
