using Millwright.LocalHost.Hosting;

namespace Millwright.LocalHost.Tests.Hosting;

public sealed class AppSourceTests
{
    private const string Variable = "FUNCTIONS_APPLICATION_DIRECTORY";

    [Fact]
    public void Files_are_beside_the_app_unless_a_variable_says_otherwise()
    {
        Assert.Equal(AppContext.BaseDirectory, AppSource.OfProcess(typeof(AppSourceTests).Assembly).Directory);
        Environment.SetEnvironmentVariable(Variable, Path.GetTempPath());
        try
        {
            Assert.Equal(Path.GetTempPath(), AppSource.OfProcess(typeof(AppSourceTests).Assembly).Directory);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }
}
