using Microsoft.AspNetCore.Http;
using Millwright.Sandbox.Faults;
using Millwright.Sandbox.Records;
using Millwright.Sandbox.Webhooks;

namespace Millwright.Sandbox.Http;

/// <summary>What a key opens.</summary>
internal sealed record Tenant(Company Company, FaultSwitches Faults, RequestStats Stats, CompanyWebhooks Webhooks, bool ReadOnly)
{
    /// <summary>The tenant that <see cref="Gate"/> has opened for the request.</summary>
    public static Tenant Of(HttpContext context) =>
        context.Features.Get<Tenant>() ?? throw new InvalidOperationException("The request has not passed the gate.");
}
