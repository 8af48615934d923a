namespace Millwright.Core.Storage;

/// <summary>The bounds of <see cref="IBlobs"/>.</summary>
public static class BlobLimits
{
    /// <summary>Characters of a name.</summary>
    public const int NameLength = 1024;

    /// <summary>Checks a name.</summary>
    /// <exception cref="StorageLimitException">It is empty, too long, or holds another character than <see cref="IBlobs"/> allows.</exception>
    public static void CheckName(string name)
    {
        if (name.Length is 0 or > NameLength || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/'))
        {
            throw new StorageLimitException($"'{name}' is not a blob name: 1 to {NameLength} letters, digits and - _ . /");
        }
    }
}
