using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The function is called over HTTP; the parameter is an <c>HttpRequest</c>.</summary>
/// <remarks><see cref="AuthLevel"/> is not enforced locally, exactly as Core Tools does not enforce it: keys are Azure's.</remarks>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Any verb, with <see cref="AuthorizationLevel.Function"/>.</summary>
    public HttpTriggerAttribute()
        : this(AuthorizationLevel.Function)
    {
    }

    /// <summary>These verbs. The level stays <see cref="AuthorizationLevel.Anonymous"/>, so better name one.</summary>
    public HttpTriggerAttribute(params string[] methods) => Methods = methods;

    /// <summary>Any verb, with this level.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    /// <summary>These verbs, with this level.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The route template after the prefix of <c>host.json</c>; null for the function's name.</summary>
    public string? Route { get; set; }

    /// <summary>The verbs answered; null or empty for any.</summary>
    public string[]? Methods { get; private set; }

    /// <summary>The key that callers need in Azure.</summary>
    public AuthorizationLevel AuthLevel { get; private set; }
}
