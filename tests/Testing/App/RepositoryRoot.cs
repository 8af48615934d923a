namespace Millwright.Testing.App;

/// <summary>Finds the repository that the tests were built from.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder that holds Functions.sln.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Functions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside their repository.");
    }
}
