namespace Millwright.Contracts.Tests;

/// <summary>Where the vendors' published contracts are: in the folder <c>shared</c> beside the repository, or where MILLWRIGHT_SHARED says.</summary>
internal static class SharedFolder
{
    public static string Path { get; } = Environment.GetEnvironmentVariable("MILLWRIGHT_SHARED") ?? BesideRepository();

    private static string BesideRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Functions.sln")))
            {
                return System.IO.Path.Combine(folder.Parent!.FullName, "shared");
            }
        }

        throw new InvalidOperationException($"No Functions.sln above {AppContext.BaseDirectory}.");
    }
}
