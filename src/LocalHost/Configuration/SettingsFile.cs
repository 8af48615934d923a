using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Millwright.LocalHost.Configuration;

/// <summary>Reads a JSON file of settings. Comments and trailing commas are allowed, as Core Tools allows them.</summary>
internal static class SettingsFile
{
    /// <summary>The file's values by path (<c>a:b:c</c>), whatever their case; none if there is no such file.</summary>
    /// <exception cref="InvalidDataException">The file is not a JSON object; the message says where.</exception>
    public static IConfigurationRoot Read(string directory, string name)
    {
        var path = Path.Combine(directory, name);
        try
        {
            return new ConfigurationBuilder().AddJsonFile(path, optional: true, reloadOnChange: false).Build();
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(Describe(path, e.GetBaseException()), e);
        }
    }

    private static string Describe(string path, Exception cause) => cause switch
    {
        JsonException json => $"{path}({json.LineNumber + 1},{json.BytePositionInLine + 1}): {json.Message}",
        _ => $"{path}: {cause.Message}",
    };
}
