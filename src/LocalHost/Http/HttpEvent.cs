using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Millwright.LocalHost.Invocation;

namespace Millwright.LocalHost.Http;

/// <summary>A request.</summary>
internal sealed class HttpEvent(HttpContext http) : TriggerEvent
{
    public HttpContext Http => http;

    public override object Value => http.Request;

    public override string TraceParent => Activity.Current?.Id ?? http.Request.Headers.TraceParent.ToString();

    public override string TraceState => Activity.Current?.TraceStateString ?? http.Request.Headers.TraceState.ToString();

    public override IReadOnlyDictionary<string, object?> BindingData() => http.Request.RouteValues;
}
