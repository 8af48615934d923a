using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>Turns one kind of source value into a unified one and back. Has no state: one instance serves all calls.</summary>
public abstract class Codec
{
    /// <summary>What the source's value has to be, with its article, for messages: <c>a date</c>.</summary>
    public abstract string Expects { get; }

    /// <summary>What a unified value has to be, with its article, for messages.</summary>
    public virtual string Accepts => Expects;

    /// <summary>Writes the unified JSON of a source value, <c>null</c> included where the value means that there is none.</summary>
    /// <param name="token">The value; never null.</param>
    /// <param name="output">Takes one complete JSON value, or nothing when the value cannot be read.</param>
    /// <returns>False where the value is not what the codec expects.</returns>
    public abstract bool TryRead(in SourceToken token, ref JsonOutput output);

    /// <summary>The source's form of a unified scalar given as text: in a filter, or from a body.</summary>
    /// <param name="text">Text as it is, numbers in JSON's form, <c>true</c> or <c>false</c>.</param>
    /// <param name="source">The source's form.</param>
    /// <returns>False where the text is not what the codec accepts.</returns>
    public abstract bool TryWrite(string text, [NotNullWhen(true)] out JsonNode? source);

    /// <summary>The source's form of a unified value from a body.</summary>
    /// <param name="unified">The value; never null.</param>
    /// <param name="source">The source's form.</param>
    /// <returns>False where the value is not what the codec accepts.</returns>
    public virtual bool TryWrite(JsonElement unified, [NotNullWhen(true)] out JsonNode? source)
    {
        source = null;
        return unified.ValueKind switch
        {
            JsonValueKind.String => TryGetString(unified, out var text) && TryWrite(text, out source),
            JsonValueKind.Number => TryWrite(unified.GetRawText(), out source),
            JsonValueKind.True => TryWrite("true", out source),
            JsonValueKind.False => TryWrite("false", out source),
            _ => false,
        };
    }

    private static bool TryGetString(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = element.GetString();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, as an escape: well-formed JSON that is no text.
            text = null;
            return false;
        }
    }
}
