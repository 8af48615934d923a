namespace Millwright.Connectors.Tests.Definitions;

/// <summary>A definition that uses the whole vocabulary but the protocols' own sections.</summary>
internal static class Examples
{
    public const string Full = """
        provider: test
        name: Test
        areas: [erp]
        protocol: rest
        credentials:
          - {name: url, label: Server address, kind: url, example: https://erp.example.com, help: Where it is.}
          - {name: key, label: Key, kind: secret}
          - {name: tenant, label: Tenant, kind: text, optional: true}
        limits: {concurrency: 4, attemptSeconds: 30, totalSeconds: 90, retries: 3}
        webhooks:
          signature:
            hmac:
              header: X-Signature
              algorithm: sha512
              encoding: base64
              prefix: v1=
              separator: ','
              content: '{id}.{timestamp}.{body}'
              idHeader: X-Id
              timestampPrefix: t=
              secretEncoding: hex
              secretPrefix: sec_
              toleranceSeconds: 60
          id: {header: X-Id}
          entity: {path: type, before: ., map: {materials: [item, 7], purchase-orders: order}}
          key: data.id
          change: {path: type, after: ., map: {deleted: gone}}
          version: {path: data.changed, as: epoch-millis}
          record: data.object
          settleSeconds: 5
          handshake: {body: challenge, when: {type: hello}, signature: false}
        entities:
          purchase-orders:
            resource: orders
            key: uid
            keyAs: text-key
            reference: external_reference
            fields:
              orderNo: {path: number, readOnly: true, filter: false}
              vendorKey: {path: vendor.id, required: [create]}
              statusKey: {path: state, as: text, map: {open: [1, 2], closed: done}, readOnly: true}
              title: {coalesce: [title, memo]}
              terms: {constant: standard}
              notes: notes
              billingAddress: {path: bill_to, object: {city: town}}
              lineItems: {list: lines, fields: {key: id, materialKey: {path: item, required: [create]}}}
              customFields: {path: custom, as: json, filter: false, sort: false}
            operations: {list: , create: {required: [title]}, set-status: }
            status: {field: statusKey, values: {open: Open, closed: Closed}}
          vendors:
            resource: vendors
            fields: {name: name, updatedAt: changed}
            operations: [list, get, create]
          materials:
            resource: items
            fields: {name: {path: name}}
            operations: [list]
            subResources:
              inventory:
                resource: items/{key}/stock
                body: {quantity: {path: qty, required: [update]}}
                operations: [update]
              children: {resource: "items/{key}/parts", operations: [list]}
          work-orders:
            resource: jobs
            fields: {title: name}
            operations: [list]
            collections:
              materials: {resource: parts, fields: {key: id}, operations: [list]}
          inventories:
            resource: stock
            changes: comparison
            fields: {key: id, quantity: {path: sum, as: decimal-text}, updatedAt: counted}
            operations: [list]
        """;

    /// <summary>The lines of its webhooks' signature.</summary>
    public static string Signature => Full[Full.IndexOf("  signature:\n", StringComparison.Ordinal)..Full.IndexOf("  id: {header", StringComparison.Ordinal)];

    /// <summary>The definition with one thing changed.</summary>
    public static string With(string old, string changed) =>
        Full.Contains(old, StringComparison.Ordinal) ? Full.Replace(old, changed, StringComparison.Ordinal) : throw new ArgumentException($"'{old}' is not in the example.", nameof(old));
}
