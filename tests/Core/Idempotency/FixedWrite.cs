using Millwright.Core.Connections;
using Millwright.Core.Idempotency;

namespace Millwright.Core.Tests.Idempotency;

/// <summary>A write with this answer.</summary>
internal sealed class FixedWrite(byte[] answer) : IWrite
{
    public bool Repeatable => false;

    public bool Findable => false;

    public Task<EntityResult> DoAsync(string reference) => Task.FromResult(new EntityResult(answer));

    public Task<EntityResult?> FindAsync(string reference) => Task.FromResult<EntityResult?>(null);
}
