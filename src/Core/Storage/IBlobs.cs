namespace Millwright.Core.Storage;

/// <summary>Named bytes: for what does not fit a table row or a message.</summary>
/// <remarks>
/// A name is 1 to 1,024 characters of ASCII letters, digits and <c>- _ . /</c>, in which no part between slashes is empty or ends in a dot;
/// any other is a <see cref="StorageLimitException"/>. Names are case-sensitive.
/// </remarks>
public interface IBlobs
{
    /// <summary>Stores the bytes under the name and replaces what was there.</summary>
    Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The bytes, or null where there are none under this name.</summary>
    Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes the blob.</summary>
    /// <returns>False if there was none.</returns>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);
}
