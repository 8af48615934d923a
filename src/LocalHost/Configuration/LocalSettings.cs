using Microsoft.Extensions.Configuration;
using Millwright.LocalHost.Hosting;

namespace Millwright.LocalHost.Configuration;

/// <summary><c>local.settings.json</c>: a developer's settings and where the host listens.</summary>
internal sealed class LocalSettings
{
    private const string FileName = "local.settings.json";

    private LocalSettings(IConfigurationRoot file, StartupErrors errors)
    {
        if (file.GetValue("IsEncrypted", false))
        {
            errors.Add($"{FileName} is encrypted. Decrypt it with 'func settings decrypt'.");
        }

        Values = Flatten(file.GetSection("Values"), relative: true)
            .Concat(Flatten(file.GetSection("ConnectionStrings"), relative: false))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        Port = ReadPort(file["Host:LocalHttpPort"], errors);
        CorsOrigins = file["Host:CORS"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        CorsCredentials = file.GetValue("Host:CORSCredentials", false);
        if (CorsCredentials && CorsOrigins.Contains("*"))
        {
            errors.Add($"{FileName}: Host.CORSCredentials needs origins by name in Host.CORS, not '*'.");
        }
    }

    /// <summary>The settings as configuration: <c>__</c> in a name is a level.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; }

    /// <summary>The port to listen on, if given.</summary>
    public int? Port { get; }

    /// <summary>The origins whose scripts may call; <c>*</c> for any.</summary>
    public string[] CorsOrigins { get; }

    /// <summary>Whether those scripts may send credentials.</summary>
    public bool CorsCredentials { get; }

    public static LocalSettings Read(string directory, StartupErrors errors) => new(SettingsFile.Read(directory, FileName), errors);

    private static IEnumerable<KeyValuePair<string, string?>> Flatten(IConfigurationSection section, bool relative) =>
        from pair in section.AsEnumerable(relative)
        where pair.Value is not null
        select KeyValuePair.Create(pair.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), (string?)pair.Value);

    private static int? ReadPort(string? text, StartupErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, out var port) && port is >= 0 and <= 65535)
        {
            return port;
        }

        errors.Add($"{FileName}: Host.LocalHttpPort '{text}' is not a port.");
        return null;
    }
}
