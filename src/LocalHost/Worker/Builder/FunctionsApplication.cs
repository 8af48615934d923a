using System.Reflection;
using Millwright.LocalHost.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a function app begins.</summary>
public static class FunctionsApplication
{
    /// <summary>A builder for the functions of the entry assembly.</summary>
    /// <param name="args">The command line. Locally <c>--port N</c> and <c>--urls</c> say where to listen; the rest is configuration.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) =>
        new(args, AppSource.OfProcess(Assembly.GetEntryAssembly()!));
}
