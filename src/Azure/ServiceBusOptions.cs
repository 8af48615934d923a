using Millwright.Core.Storage;

namespace Millwright.OnAzure;

/// <summary>Where messages are sent.</summary>
/// <param name="Endpoint">The namespace, such as <c>https://name.servicebus.windows.net</c>, reached with the registered credential.</param>
/// <param name="Queues">The queues that can be sent to, as they were created.</param>
public sealed record ServiceBusOptions(Uri Endpoint, IReadOnlyCollection<QueueDefinition> Queues);
