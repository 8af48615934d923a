namespace Millwright.Core.Webhooks;

/// <summary>An authentic webhook that says nothing we can use. Trying again does not help, so it is parked at once.</summary>
/// <param name="message">What is wrong, for a person; holds nothing of the payload but names.</param>
/// <param name="inner">The cause.</param>
public sealed class WebhookFormatException(string message, Exception? inner = null) : Exception(message, inner);
