using System.Reflection;

namespace Millwright.LocalHost.Hosting;

/// <summary>Where a function app comes from.</summary>
/// <param name="Name">The name of its assembly.</param>
/// <param name="Types">Hold the functions.</param>
/// <param name="Directory">Holds <c>host.json</c> and <c>local.settings.json</c>.</param>
internal sealed record AppSource(string Name, IReadOnlyList<Type> Types, string Directory)
{
    private const string DirectoryVariable = "FUNCTIONS_APPLICATION_DIRECTORY";

    public static AppSource OfProcess(Assembly assembly) => new(
        assembly.GetName().Name!,
        assembly.GetTypes(),
        Environment.GetEnvironmentVariable(DirectoryVariable) ?? AppContext.BaseDirectory);
}
