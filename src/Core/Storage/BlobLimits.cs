namespace Millwright.Core.Storage;

/// <summary>The bounds of <see cref="IBlobs"/>.</summary>
public static class BlobLimits
{
    /// <summary>Characters of a name.</summary>
    public const int NameLength = 1024;

    /// <summary>Checks a name.</summary>
    /// <remarks>A part that is empty or ends in a dot would be changed on its way through a URL.</remarks>
    /// <exception cref="StorageLimitException">It is not as <see cref="IBlobs"/> says.</exception>
    public static void CheckName(string name)
    {
        if (name.Length > NameLength || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
            || name.Split('/').Any(part => part.Length == 0 || part[^1] == '.'))
        {
            throw new StorageLimitException(
                $"'{name}' is not a blob name: 1 to {NameLength} letters, digits and - _ . /, "
                + "no part between slashes empty or ending in a dot.");
        }
    }
}
