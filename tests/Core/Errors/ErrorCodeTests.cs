using System.Reflection;
using System.Text;
using Millwright.Core.Errors;
using Millwright.Testing;
using Millwright.Testing.App;

namespace Millwright.Core.Tests.Errors;

public sealed class ErrorCodeTests
{
    private static readonly string Documentation = Path.Combine(RepositoryRoot.Path, "docs", "errors.md");

    /// <summary>The table between the two markers; to renew it, copy what this test prints.</summary>
    [Fact]
    public void Every_code_is_documented_as_it_is()
    {
        var table = new StringBuilder("| status | code | type | who acts | try again | meaning |\n|---|---|---|---|---|---|\n");
        foreach (var code in ErrorCode.All)
        {
            table.Append($"| {code.Status} | `{code.Name}` | `{code.Type}` | {WhoActs(code.Owner)} | {TryAgain(code.Retry)} | {code.Meaning} |\n");
        }

        Assert.Contains(table.ToString(), File.ReadAllText(Documentation), StringComparison.Ordinal);
    }

    /// <summary>A code that nothing throws, or that no test has ever met, has no business in the catalogue.</summary>
    [Fact]
    public void Every_code_is_thrown_by_the_product_and_met_by_a_test()
    {
        var fields = typeof(ErrorCode).GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(f => f.Name, f => (ErrorCode)f.GetValue(null)!);
        var product = SourceOf("src");
        var tests = SourceOf("tests");

        Offenders.None(fields.Where(f => !Word(product, $"ErrorCode.{f.Key}")).Select(f => $"{f.Value.Name} is never thrown."));
        Offenders.None(fields.Where(f => !Word(tests, $"ErrorCode.{f.Key}") && !Word(tests, $"\"{f.Value.Name}\"")).Select(f => $"{f.Value.Name} is in no test."));
    }

    [Fact]
    public void Names_are_unique_and_in_capitals()
    {
        Assert.Equal(ErrorCode.All.Count, ErrorCode.All.Select(c => c.Name).Distinct().Count());
        Assert.All(ErrorCode.All, code => Assert.Matches("^[A-Z]+(_[A-Z]+)*$", code.Name));
    }

    [Fact]
    public void Statuses_are_those_of_the_design() =>
        Assert.All(ErrorCode.All, code => Assert.Contains(code.Status, (int[])[400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 502, 503, 504]));

    private static string SourceOf(string folder) => string.Join('\n', Directory
        .EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(file) is not ("ErrorCode.cs" or "ErrorCodeTests.cs") && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(File.ReadAllText));

    private static bool Word(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (at + word.Length == text.Length || !char.IsAsciiLetterOrDigit(text[at + word.Length]))
            {
                return true;
            }
        }

        return false;
    }

    private static string WhoActs(ErrorOwner owner) => owner switch
    {
        ErrorOwner.Caller => "caller",
        ErrorOwner.Credential => "who gave the credentials",
        ErrorOwner.System => "who runs the connected system",
        _ => "who runs Millwright",
    };

    private static string TryAgain(RetryAdvice advice) => advice switch
    {
        RetryAdvice.Never => "not without a change",
        RetryAdvice.AfterRetryAfter => "after `Retry-After`",
        _ => "yes; a write with the same `Idempotency-Key`",
    };
}
