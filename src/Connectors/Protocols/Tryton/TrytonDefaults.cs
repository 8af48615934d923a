using System.Text.Json.Nodes;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>Fills in what a body leaves open.</summary>
internal static class TrytonDefaults
{
    /// <summary>Adds the values that the record has none of. An explicit null of the caller's stays.</summary>
    public static void Fill(JsonObject record, JsonObject? values)
    {
        foreach (var (name, value) in values ?? [])
        {
            if (!record.ContainsKey(name))
            {
                record[name] = value?.DeepClone();
            }
        }
    }
}
