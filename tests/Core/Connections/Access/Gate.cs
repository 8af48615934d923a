namespace Millwright.Core.Tests.Connections.Access;

/// <summary>Holds who comes until it is opened, and tells when somebody has come.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task.WaitAsync(TestContext.Current.CancellationToken);

    public void Open() => _opened.TrySetResult();

    public Task PassAsync()
    {
        _reached.TrySetResult();
        return _opened.Task.WaitAsync(TestContext.Current.CancellationToken);
    }
}
