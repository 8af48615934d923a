using System.Text.RegularExpressions;
using Millwright.Core.Storage;

namespace Millwright.OnAzure;

/// <summary>Refuses options that cannot work. No message repeats a connection string: it holds the account's key.</summary>
internal static partial class OptionChecks
{
    internal static void OnePlace(string what, string? connectionString, Uri? serviceUri)
    {
        if (string.IsNullOrWhiteSpace(connectionString) == (serviceUri is null))
        {
            throw new ArgumentException($"{what}: give either a connection string or a service URI, and not both.", nameof(serviceUri));
        }

        if (serviceUri is not null)
        {
            Https(what, serviceUri);
        }
    }

    internal static void Https(string what, Uri? uri)
    {
        if (uri is not { IsAbsoluteUri: true, Scheme: "https", PathAndQuery: "/" })
        {
            throw new ArgumentException($"{what}: '{uri}' is not an https URI without a path. A token is sent to it.", nameof(uri));
        }
    }

    internal static void Container(string name)
    {
        if (name.Length is < 3 or > 63 || !ContainerName().IsMatch(name))
        {
            throw new ArgumentException($"Blobs: '{name}' is not a container name: 3 to 63 lower-case letters, digits and single dashes.", nameof(name));
        }
    }

    internal static void Queues(IReadOnlyCollection<QueueDefinition> queues)
    {
        if (queues.Count == 0)
        {
            throw new ArgumentException("Service Bus: give at least one queue.", nameof(queues));
        }

        foreach (var queue in queues)
        {
            QueueLimits.Check(queue);
        }
    }

    [GeneratedRegex(@"^[a-z0-9](-?[a-z0-9])*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ContainerName();
}
