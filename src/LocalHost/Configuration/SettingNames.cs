using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Millwright.LocalHost.Configuration;

/// <summary>Puts settings in the place of <c>%Name%</c> in what an attribute says.</summary>
internal sealed partial class SettingNames(IConfiguration configuration)
{
    /// <summary>The text with every name replaced, or null and the name that has no value.</summary>
    public string? Resolve(string text, out string? missing)
    {
        string? absent = null;
        var resolved = Name().Replace(text, match =>
        {
            var name = match.Groups["name"].Value.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
            if (configuration[name] is { } value)
            {
                return value;
            }

            absent ??= match.Groups["name"].Value;
            return string.Empty;
        });
        missing = absent;
        return absent is null ? resolved : null;
    }

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
