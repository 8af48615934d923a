using System.Globalization;
using Microsoft.Extensions.Configuration;
using Millwright.LocalHost.Hosting;

namespace Millwright.LocalHost.Configuration;

/// <summary>What <c>host.json</c> says, with the Functions host's defaults where it is silent.</summary>
/// <remarks>A setting such as <c>AzureFunctionsJobHost__functionTimeout</c> overrides the file, as it does in Azure.</remarks>
internal sealed record HostSettings
{
    private const string FileName = "host.json";
    private const string Section = "AzureFunctionsJobHost";

    /// <summary>What every route begins with.</summary>
    public required string RoutePrefix { get; init; }

    /// <summary>How Service Bus triggers receive.</summary>
    public required ServiceBusSettings ServiceBus { get; init; }

    /// <summary>How long a timer's or message's call may take; null for without end.</summary>
    public required TimeSpan? FunctionTimeout { get; init; }

    /// <summary>The file as configuration, its log levels as those of <c>Logging</c>.</summary>
    public static Dictionary<string, string?> ReadFile(string directory)
    {
        var file = SettingsFile.Read(directory, FileName);
        var values = file.AsEnumerable().Where(p => p.Value is not null)
            .ToDictionary(p => $"{Section}:{p.Key}", p => p.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var (category, level) in file.GetSection("logging:logLevel").AsEnumerable(makePathsRelative: true))
        {
            values[$"Logging:LogLevel:{category}"] = level;
        }

        return values;
    }

    public static HostSettings From(IConfiguration configuration, StartupErrors errors)
    {
        var host = new SettingReader(configuration.GetSection(Section), FileName, errors);
        return new HostSettings
        {
            RoutePrefix = host.Text("extensions:http:routePrefix", "api").Trim('/'),
            FunctionTimeout = host.Text("functionTimeout", "-1") == "-1" ? null : host.Time("functionTimeout", TimeSpan.Zero),
            ServiceBus = new ServiceBusSettings(
                host.Flag("extensions:serviceBus:autoCompleteMessages", true),
                host.Count("extensions:serviceBus:maxConcurrentCalls", 16),
                host.Count("extensions:serviceBus:maxConcurrentSessions", 8),
                host.Time("extensions:serviceBus:maxAutoLockRenewalDuration", TimeSpan.FromMinutes(5))),
        };
    }

    private sealed class SettingReader(IConfigurationSection section, string file, StartupErrors errors)
    {
        public string Text(string path, string fallback) => section[path] ?? fallback;

        public bool Flag(string path, bool fallback) =>
            Read(path, fallback, "true or false", bool.TryParse);

        public int Count(string path, int fallback) =>
            Read(path, fallback, "a number from 1 up", (string text, out int value) =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0);

        public TimeSpan Time(string path, TimeSpan fallback) =>
            Read(path, fallback, "a time span such as 00:05:00", (string text, out TimeSpan value) =>
                TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value) && value >= TimeSpan.Zero);

        private T Read<T>(string path, T fallback, string expected, Parser<T> parse)
        {
            if (section[path] is not { } text)
            {
                return fallback;
            }

            if (parse(text, out var value))
            {
                return value;
            }

            errors.Add($"{file}: {path.Replace(':', '.')} '{text}' is not {expected}.");
            return fallback;
        }

        private delegate bool Parser<T>(string text, out T value);
    }
}
