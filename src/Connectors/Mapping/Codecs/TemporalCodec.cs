using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;

namespace Millwright.Connectors.Mapping.Codecs;

/// <summary>Dates (<c>2026-11-23</c>) and times (RFC 3339 in UTC with <c>Z</c>, fractions of a second kept) in the unified model. Each source form derives from this.</summary>
/// <param name="isDate">Whether the unified field is a date; the source may all the same have a time.</param>
public abstract class TemporalCodec(bool isDate) : Codec
{
    private const int MaxLength = 64;

    /// <inheritdoc/>
    public override string Expects => isDate ? "a date" : "a date and time";

    /// <inheritdoc/>
    public override string Accepts => isDate ? "a date, such as 2026-11-23" : "a date and time, such as 2026-11-23T11:12:22Z";

    /// <inheritdoc/>
    public sealed override bool TryRead(in SourceToken token, ref JsonOutput output)
    {
        if (!TryParse(token, out var moment))
        {
            return false;
        }

        if (moment is not { } found)
        {
            output.Null();
            return true;
        }

        if (!found.HasUtc)
        {
            return false;
        }

        Span<byte> text = stackalloc byte[IsoText.MaxLength];
        output.Quoted(text[..(isDate ? IsoText.WriteDate(found, text) : IsoText.WriteUtc(found, text))]);
        return true;
    }

    /// <inheritdoc/>
    public sealed override bool TryWrite(string text, [NotNullWhen(true)] out JsonNode? source)
    {
        source = text.Length <= MaxLength && IsoText.TryParse(Encoding.UTF8.GetBytes(text), out var moment) && moment.HasUtc ? ToSource(moment) : null;
        return source is not null;
    }

    /// <summary>Reads a source value.</summary>
    /// <param name="token">The value.</param>
    /// <param name="moment">The moment; null where the value means that there is none.</param>
    /// <returns>False where the value is no date or time.</returns>
    protected abstract bool TryParse(in SourceToken token, out Moment? moment);

    /// <summary>The source's form of a moment.</summary>
    protected abstract JsonNode ToSource(Moment moment);
}
