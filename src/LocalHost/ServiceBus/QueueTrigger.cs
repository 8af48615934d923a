using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Millwright.Core.Storage;
using Millwright.LocalHost.Configuration;
using Millwright.LocalHost.Hosting;
using Millwright.LocalHost.Invocation;

namespace Millwright.LocalHost.ServiceBus;

/// <summary>A queue and how many of its messages are handled at a time.</summary>
internal sealed record QueueTrigger(string Queue, int Concurrency) : Trigger
{
    public override string Type => "serviceBusTrigger";

    public static QueueTrigger? Read(
        ServiceBusTriggerAttribute attribute,
        string function,
        ParameterInfo parameter,
        HostSettings settings,
        SettingNames names,
        IServiceCollection services,
        StartupErrors errors)
    {
        var missing = default(string);
        var queue = attribute.QueueName is { } name ? names.Resolve(name, out missing) : null;
        var problem = attribute switch
        {
            { QueueName: null } => "topics and subscriptions are not available locally.",
            _ when missing is not null => $"there is no setting '{missing}' for the queue '{attribute.QueueName}'.",
            { IsBatched: true } => "batches are not available locally.",
            _ when !(attribute.AutoCompleteWritten ?? settings.ServiceBus.AutoCompleteMessages) =>
                "it must complete its messages itself, which is not available locally; set autoCompleteMessages.",
            _ when parameter.ParameterType != typeof(string) =>
                $"a Service Bus trigger gives a string locally, not {parameter.ParameterType.Name}.",
            _ when !services.Any(s => s.ServiceType == typeof(IQueueReceiver)) =>
                $"it needs a queue to receive from: add an {nameof(IQueueReceiver)} to the services.",
            _ => null,
        };
        if (problem is not null)
        {
            errors.Add(function, problem);
            return null;
        }

        return new QueueTrigger(
            queue!, attribute.IsSessionsEnabled ? settings.ServiceBus.MaxConcurrentSessions : settings.ServiceBus.MaxConcurrentCalls);
    }
}
