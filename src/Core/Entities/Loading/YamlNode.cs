using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Millwright.Core.Entities.Loading;

/// <summary>
/// A YAML document as text, lists and maps. Built from the parser's events because the reflecting deserializer takes several
/// times as long on a cold start.
/// </summary>
internal sealed class YamlNode
{
    public string? Text { get; private init; }

    public List<YamlNode> Items { get; private init; } = [];

    /// <summary>In the file's order.</summary>
    public List<(string Name, YamlNode Value)> Entries { get; private init; } = [];

    public bool IsMap { get; private init; }

    public YamlNode? this[string name] => Entries.Find(e => e.Name == name).Value;

    /// <exception cref="YamlException">The text is not YAML.</exception>
    public static YamlNode Parse(TextReader text)
    {
        var parser = new Parser(text);
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        return Read(parser);
    }

    private static YamlNode Read(Parser parser)
    {
        if (parser.TryConsume<MappingStart>(out _))
        {
            var entries = new List<(string, YamlNode)>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                entries.Add((parser.Consume<Scalar>().Value, Read(parser)));
            }

            return new YamlNode { Entries = entries, IsMap = true };
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Read(parser));
            }

            return new YamlNode { Items = items };
        }

        return new YamlNode { Text = parser.Consume<Scalar>().Value };
    }
}
