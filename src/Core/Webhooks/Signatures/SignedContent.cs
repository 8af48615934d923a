using System.Security.Cryptography;
using System.Text;

namespace Millwright.Core.Webhooks.Signatures;

/// <summary>What a signature is about: parts and literal text, in their order, such as <c>{id}.{timestamp}.{body}</c>.</summary>
public sealed class SignedContent
{
    private readonly IReadOnlyList<Piece> _pieces;

    private SignedContent(string text, IReadOnlyList<Piece> pieces)
    {
        Text = text;
        _pieces = pieces;
    }

    /// <summary>The body and nothing else.</summary>
    public static SignedContent BodyAlone { get; } = Parse("{body}");

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Reads a text with the placeholders <c>{body}</c>, <c>{uri}</c>, <c>{id}</c> and <c>{timestamp}</c>.</summary>
    /// <exception cref="FormatException">A placeholder is none of these or is not closed, or the text has no <c>{body}</c>: then anything could be sent with it.</exception>
    public static SignedContent Parse(string text)
    {
        var pieces = new List<Piece>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] != '{')
            {
                var next = text.IndexOf('{', at) is >= 0 and var found ? found : text.Length;
                pieces.Add(new Piece(null, Encoding.UTF8.GetBytes(text[at..next])));
                at = next;
                continue;
            }

            var end = text.IndexOf('}', at);
            pieces.Add(new Piece(end < 0 ? throw Unknown(text[at..]) : PartOf(text[at..(end + 1)]), []));
            at = end + 1;
        }

        return pieces.Exists(p => p.Part == SignedPart.Body)
            ? new SignedContent(text, pieces)
            : throw new FormatException("a signature has to be about {body}");
    }

    /// <summary>Whether the part is in it.</summary>
    public bool Contains(SignedPart part) => _pieces.Any(p => p.Part == part);

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal void AppendTo(IncrementalHash hash, in SignedValues values)
    {
        foreach (var piece in _pieces)
        {
            hash.AppendData(piece.Part switch
            {
                SignedPart.Body => values.Body.Span,
                SignedPart.Uri => Encoding.UTF8.GetBytes(values.Uri?.OriginalString ?? ""),
                SignedPart.Id => Encoding.UTF8.GetBytes(values.Id ?? ""),
                SignedPart.Timestamp => Encoding.UTF8.GetBytes(values.Timestamp ?? ""),
                _ => piece.Literal,
            });
        }
    }

    private static SignedPart PartOf(string placeholder) => placeholder switch
    {
        "{body}" => SignedPart.Body,
        "{uri}" => SignedPart.Uri,
        "{id}" => SignedPart.Id,
        "{timestamp}" => SignedPart.Timestamp,
        _ => throw Unknown(placeholder),
    };

    private static FormatException Unknown(string placeholder) => new($"'{placeholder}' is none of {{body}}, {{uri}}, {{id}} and {{timestamp}}");

    private readonly record struct Piece(SignedPart? Part, byte[] Literal);
}
