using System.Globalization;
using System.Text;

namespace Millwright.Bench.Webhooks.Load;

/// <summary>The request of a webhook with places for what differs from one to the next, each of a fixed width: sending one is a copy.</summary>
internal sealed class WebhookTemplate
{
    /// <summary>How many records the webhooks are about. Each next webhook is about the next one.</summary>
    public const int Records = 1000;

    /// <summary>The first record's number, and the first version, so that both keep their width.</summary>
    public const long FirstRecord = 1001;

    public const long FirstVersion = 100_000_000;

    private const string RecordPlace = "RRRR";
    private const string VersionPlace = "VVVVVVVVV";
    private const string TimePlace = "TTTTTTTTTTTTTTTTTTTTTTTT";
    private const string IdPlace = "IIIIIIIIIIIIIIIIIIIIIIII";
    private const string SecondsPlace = "SSSSSSSSSS";
    private const string SignaturePlace = "GGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGG";

    // A purchase order of the Sandbox ERP with one line. The memo changes with the version, or the content would be the same each time.
    private const string Fat =
        $$$"""
        {"type":"purchase-orders.updated","collection":"purchase-orders","id":"po_{{{RecordPlace}}}","version":{{{VersionPlace}}},"occurred_at":"{{{TimePlace}}}","record":{"id":"po_{{{RecordPlace}}}","number":"PO-{{{RecordPlace}}}","title":"Bearings for line 3","memo":"Revision {{{VersionPlace}}}","state":"approved","vendor_id":"ven_1001","site_id":"sit_1001","order_date":"2026-11-24","currency":"EUR","totals":{"net":21,"tax":3.99,"gross":24.99},"lines":[{"id":"1","line_no":10,"item_id":"itm_1001","description":"Deep groove ball bearing 6204","qty":5,"unit_id":"ea","unit_price":4.2,"amount":21}],"notes":"Gate 2, weekdays 7:00 to 15:30, call on arrival","custom":{},"created_at":"2026-11-24T08:15:00.000Z","updated_at":"{{{TimePlace}}}"}}
        """;

    private const string Thin =
        $$$"""
        {"type":"purchase-orders.updated","collection":"purchase-orders","id":"po_{{{RecordPlace}}}","version":{{{VersionPlace}}},"occurred_at":"{{{TimePlace}}}"}
        """;

    public WebhookTemplate(Uri url, bool carriesRecord)
    {
        var body = carriesRecord ? Fat : Thin;
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nwebhook-id: {IdPlace}\r\nwebhook-timestamp: {SecondsPlace}\r\nwebhook-signature: v1,{SignaturePlace}\r\n\r\n");
        var text = head + body;
        Request = Encoding.ASCII.GetBytes(text);
        Body = head.Length..;
        RecordAt = Places(text, RecordPlace);
        VersionAt = Places(text, VersionPlace);
        TimeAt = Places(text, TimePlace);
        IdAt = Places(text, IdPlace)[0];
        SecondsAt = Places(text, SecondsPlace)[0];
        SignatureAt = Places(text, SignaturePlace)[0];
    }

    public byte[] Request { get; }

    public Range Body { get; }

    public Range[] RecordAt { get; }

    public Range[] VersionAt { get; }

    public Range[] TimeAt { get; }

    public Range IdAt { get; }

    public Range SecondsAt { get; }

    public Range SignatureAt { get; }

    private static Range[] Places(string text, string place)
    {
        List<Range> found = [];
        for (var at = text.IndexOf(place, StringComparison.Ordinal); at >= 0; at = text.IndexOf(place, at + place.Length, StringComparison.Ordinal))
        {
            found.Add(at..(at + place.Length));
        }

        return [.. found];
    }
}
