using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

namespace Millwright.Functions.Tests;

/// <summary>The built-in Sandbox ERP of an app, with a company of its own.</summary>
internal static class SandboxSystem
{
    public static SystemUnderTest Of(MillwrightApp app, string company = "sandbox-end-to-end") => new(
        "sandbox",
        new Dictionary<string, string> { ["url"] = app.SandboxAddress.ToString(), ["apiKey"] = company },
        "apiKey",
        ["submitted", "approved"]);
}
