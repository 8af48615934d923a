using Millwright.Core.Entities;
using Millwright.Core.Errors;

namespace Millwright.Core.Connections;

/// <summary>What several callers want of a connected system in the same way.</summary>
internal static class ConnectedSystemExtensions
{
    /// <summary>The record as <c>get</c> answers it; null where the system has none with this key.</summary>
    /// <exception cref="ApiException">What else the system answered.</exception>
    public static async Task<ReadOnlyMemory<byte>?> FindAsync(this IConnectedSystem system, EntityType entity, string key, CancellationToken cancellationToken)
    {
        try
        {
            return (await system.ExecuteAsync(new EntityRequest(entity, OperationName.Get) { Key = key }, cancellationToken)).Data;
        }
        catch (ApiException e) when (e.Code == ErrorCode.RecordNotFound)
        {
            return null;
        }
    }
}
