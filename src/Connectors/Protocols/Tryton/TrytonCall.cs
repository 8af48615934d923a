using System.Text.Json.Nodes;
using Millwright.Connectors.Protocols.Http;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>One remote call.</summary>
/// <param name="Method">Such as <c>model.purchase.purchase.read</c>.</param>
/// <param name="Arguments">All but the last one, which is the context.</param>
/// <param name="Safety">Whether it may be repeated.</param>
internal sealed record TrytonCall(string Method, JsonArray Arguments, RequestSafety Safety)
{
    /// <summary>What the context says beside the user's preferences; null for nothing.</summary>
    public JsonObject? Context { get; init; }

    /// <summary>A call that only reads.</summary>
    public static TrytonCall Read(string model, string method, JsonArray arguments) => new($"model.{model}.{method}", arguments, RequestSafety.Read);

    /// <summary>A call that changes something.</summary>
    public static TrytonCall Write(string model, string method, JsonArray arguments) => new($"model.{model}.{method}", arguments, RequestSafety.Write);
}
