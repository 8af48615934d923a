using Millwright.Core.Errors;
using Millwright.Core.Identity;

namespace Millwright.Core.Tests.Identity;

public sealed class ApplicationsTests : IAsyncDisposable
{
    private readonly DomainStore _domain = new();

    private Applications Applications => new(_domain.Store.Tables, _domain.Ids, _domain.Time);

    [Fact]
    public async Task A_new_application_authenticates_with_its_credentials()
    {
        Assert.True(await Applications.NoneAsync(TestContext.Current.CancellationToken));

        var (application, secret) = await Applications.RegisterAsync("First", TestContext.Current.CancellationToken);

        Assert.Equal(application, await Applications.AuthenticateAsync(application.Id, secret, TestContext.Current.CancellationToken));
        Assert.False(await Applications.NoneAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_id_and_a_wrong_secret_are_the_same_error(bool rightId)
    {
        var (application, secret) = await Applications.RegisterAsync("First", TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<ApiException>(() => rightId
            ? Applications.AuthenticateAsync(application.Id, "wrong", TestContext.Current.CancellationToken)
            : Applications.AuthenticateAsync("wrong/id#?", secret, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.InvalidClient, error.Code);
        Assert.Equal("The client id or client secret is wrong.", error.Message);
    }

    [Fact]
    public async Task A_configured_secret_replaces_the_one_before()
    {
        await Applications.RegisterAsync("Configured", "app", "old-secret", TestContext.Current.CancellationToken);
        await Applications.RegisterAsync("Configured", "app", "old-secret", TestContext.Current.CancellationToken);
        await Applications.RegisterAsync("Configured", "app", "new-secret", TestContext.Current.CancellationToken);

        await Applications.AuthenticateAsync("app", "new-secret", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ApiException>(() => Applications.AuthenticateAsync("app", "old-secret", TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();
}
