namespace Millwright.Core.Tests.Bench;

/// <summary>Counts what goes to storage and lets the test do something around each write, such as end the process.</summary>
internal sealed class Probe
{
    private int _reads;
    private int _writes;

    /// <summary>Reads so far, the vault's included.</summary>
    public int Reads => _reads;

    /// <summary>Writes so far, the queue's included.</summary>
    public int Writes => _writes;

    /// <summary>What happens at each read.</summary>
    public Action OnRead { get; set; } = () => { };

    /// <summary>What happens before the write with this number.</summary>
    public Func<int, Task> BeforeWrite { get; set; } = _ => Task.CompletedTask;

    /// <summary>What happens after the write with this number.</summary>
    public Func<int, Task> AfterWrite { get; set; } = _ => Task.CompletedTask;

    /// <summary>Counts from zero again, and does nothing any more.</summary>
    public void Reset()
    {
        (_reads, _writes) = (0, 0);
        OnRead = () => { };
        BeforeWrite = AfterWrite = _ => Task.CompletedTask;
    }

    /// <summary>Ends the process before or after the n-th write from now.</summary>
    public void CrashAt(int write, bool after)
    {
        Reset();
        Func<int, Task> crash = n => n == write ? throw new CrashException() : Task.CompletedTask;
        (BeforeWrite, AfterWrite) = after ? (BeforeWrite, crash) : (crash, AfterWrite);
    }

    /// <summary>Does something in a process that ends before or after its n-th write.</summary>
    /// <returns>False if it did not come to that write.</returns>
    public async Task<bool> CrashAsync(int write, bool after, Func<Task> act)
    {
        CrashAt(write, after);
        try
        {
            await act();
            return false;
        }
        catch (CrashException)
        {
            return true;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Counts a read.</summary>
    public T Read<T>(T result)
    {
        Interlocked.Increment(ref _reads);
        OnRead();
        return result;
    }

    /// <summary>Makes a write.</summary>
    public async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        var number = Interlocked.Increment(ref _writes);
        await BeforeWrite(number);
        var result = await write();
        await AfterWrite(number);
        return result;
    }

    /// <summary>Makes a write.</summary>
    public Task WriteAsync(Func<Task> write) => WriteAsync(async () =>
    {
        await write();
        return true;
    });
}
