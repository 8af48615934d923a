using Millwright.Testing.App;

namespace Millwright.Contracts.Tests;

/// <summary>Where the vendors' published contracts are: in the folder <c>shared</c> beside the repository, or where MILLWRIGHT_SHARED says.</summary>
internal static class SharedFolder
{
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("MILLWRIGHT_SHARED") ?? System.IO.Path.Combine(RepositoryRoot.Path, "..", "shared");
}
