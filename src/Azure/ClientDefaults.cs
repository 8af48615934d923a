using Azure.Core;

namespace Millwright.OnAzure;

/// <summary>What every Azure client here has in common.</summary>
internal static class ClientDefaults
{
    /// <summary>
    /// Three retries that honour Retry-After, and 20 s for each try instead of the usual 100 s: an HTTP answer is due within 230 s,
    /// and one operation may not use all of them.
    /// </summary>
    internal static T WithDefaults<T>(this T options)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(400);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(5);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(20);
        options.Diagnostics.IsLoggingContentEnabled = false;
        options.Diagnostics.IsTelemetryEnabled = false;
        return options;
    }
}
