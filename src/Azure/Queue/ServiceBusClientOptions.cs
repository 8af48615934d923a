using Azure.Core;

namespace Millwright.OnAzure.Queue;

/// <summary>The options of the sender's pipeline.</summary>
internal sealed class ServiceBusClientOptions : ClientOptions;
