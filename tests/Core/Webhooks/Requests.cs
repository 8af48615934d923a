using System.Text;
using Millwright.Core.Webhooks;

namespace Millwright.Core.Tests.Webhooks;

/// <summary>Makes webhooks.</summary>
internal static class Requests
{
    public const string Address = "https://hooks.example.com/w/c1?x=%20a&y=1";

    public static WebhookRequest Of(string body, params (string Name, string Value)[] headers) => Of(Encoding.UTF8.GetBytes(body), headers);

    public static WebhookRequest Of(byte[] body, params (string Name, string Value)[] headers) => new(
        new Uri(Address),
        headers.GroupBy(h => h.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(h => h.Value)], StringComparer.OrdinalIgnoreCase),
        body);

    /// <summary>The request with other values of a header; none to take it away.</summary>
    public static WebhookRequest With(this WebhookRequest request, string header, params string[] values)
    {
        var headers = request.Headers.Where(h => !h.Key.Equals(header, StringComparison.OrdinalIgnoreCase)).ToDictionary(StringComparer.OrdinalIgnoreCase);
        if (values.Length > 0)
        {
            headers[header] = values;
        }

        return request with { Headers = headers };
    }
}
