using Millwright.Core.Connections;
using Millwright.Core.Idempotency;

namespace Millwright.Core.Tests.Idempotency;

/// <summary>A write to a system that the test plays: it keeps the references that it was created with.</summary>
internal sealed class ScriptedWrite(List<string> system) : IWrite
{
    /// <summary>What happens when the write is done, after the system has it.</summary>
    public Func<Task>? AfterWrite { get; init; }

    /// <summary>What happens before the system has it.</summary>
    public Func<Task>? BeforeWrite { get; init; }

    /// <summary>What happens when the system is asked for the record.</summary>
    public Func<Task>? BeforeFind { get; init; }

    public bool Repeatable { get; init; }

    public bool Findable { get; init; } = true;

    public int Finds { get; private set; }

    public async Task<EntityResult> DoAsync(string reference)
    {
        await (BeforeWrite?.Invoke() ?? Task.CompletedTask);
        system.Add(reference);
        await (AfterWrite?.Invoke() ?? Task.CompletedTask);
        return Answer(reference);
    }

    public async Task<EntityResult?> FindAsync(string reference)
    {
        Finds++;
        await (BeforeFind?.Invoke() ?? Task.CompletedTask);
        return system.Contains(reference) ? Answer(reference) : null;
    }

    private static EntityResult Answer(string reference) => new(System.Text.Encoding.UTF8.GetBytes($$"""{"reference":"{{reference}}"}"""));
}
