using Xunit;

namespace Millwright.Testing;

/// <summary>For rules about many things at once: a failure names everything that breaks the rule.</summary>
public static class Offenders
{
    public static void None(IEnumerable<string> offenders)
    {
        var all = offenders.ToList();
        if (all.Count > 0)
        {
            Assert.Fail(string.Join('\n', all));
        }
    }
}
