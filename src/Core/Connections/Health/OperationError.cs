using System.Text.Json.Serialization;
using Millwright.Core.Errors;

namespace Millwright.Core.Connections.Health;

/// <summary>The last error of an operation.</summary>
/// <param name="Operation">Such as <c>purchase-orders.list</c>.</param>
/// <param name="Code">Its code.</param>
/// <param name="Owner">Who has to act on it.</param>
/// <param name="Message">What happened, for a person; at most <see cref="HealthMachine.MessageLength"/> characters.</param>
/// <param name="At">When it was last noted.</param>
/// <param name="Count">How often it was noted with this code. It may have happened more often: one that says nothing new is noted once a minute.</param>
public sealed record OperationError(
    string Operation,
    string Code,
    [property: JsonConverter(typeof(JsonStringEnumConverter<ErrorOwner>))] ErrorOwner Owner,
    string Message,
    DateTimeOffset At,
    int Count);
