using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The function is called with each message of a queue; locally the parameter is a <see cref="string"/>, the body.</summary>
public sealed class ServiceBusTriggerAttribute : TriggerBindingAttribute
{
    private bool? _autoCompleteMessages;

    /// <summary>The messages of a queue; <c>queue/$DeadLetterQueue</c> for its dead letters, <c>%Setting%</c> for a setting's value.</summary>
    public ServiceBusTriggerAttribute(string queueName) => QueueName = queueName;

    /// <summary>The messages of a topic's subscription. Not available locally.</summary>
    public ServiceBusTriggerAttribute(string topicName, string subscriptionName)
    {
        TopicName = topicName;
        SubscriptionName = subscriptionName;
    }

    /// <summary>The queue, if there is one.</summary>
    public string? QueueName { get; }

    /// <summary>The topic, if there is one.</summary>
    public string? TopicName { get; }

    /// <summary>The subscription, if there is one.</summary>
    public string? SubscriptionName { get; }

    /// <summary>The setting that holds the connection. Azure uses it; locally the queue is the app's own.</summary>
    public string? Connection { get; set; }

    /// <summary>Whether the queue has sessions, whose messages are handled one after the other.</summary>
    public bool IsSessionsEnabled { get; set; }

    /// <summary>Whether the function takes several messages at once. Not available locally.</summary>
    public bool IsBatched { get; set; }

    /// <summary>Whether a message is completed when the function returns; <c>host.json</c> decides where this is not written.</summary>
    public bool AutoCompleteMessages
    {
        get => _autoCompleteMessages ?? false;
        set => _autoCompleteMessages = value;
    }

    internal bool? AutoCompleteWritten => _autoCompleteMessages;
}
