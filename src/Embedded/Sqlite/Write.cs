namespace Millwright.Embedded.Sqlite;

/// <summary>A write that waits for its commit.</summary>
internal abstract class Write
{
    public abstract void Run(SqliteSession session);

    /// <summary>Tells the caller, unless the write failed before.</summary>
    public abstract void Succeed();

    public abstract void Fail(Exception failure);
}

internal sealed class Write<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken) : Write
{
    // Callers go on elsewhere: the writing thread must not run their code.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _completion.Task;

    public override void Run(SqliteSession session)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _result = write(session);
    }

    public override void Succeed() => _completion.TrySetResult(_result!);

    public override void Fail(Exception failure)
    {
        if (failure is OperationCanceledException cancelled)
        {
            _completion.TrySetCanceled(cancelled.CancellationToken);
        }
        else
        {
            _completion.TrySetException(failure);
        }
    }
}
