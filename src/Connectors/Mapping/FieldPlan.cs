using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millwright.Connectors.Definitions;
using Millwright.Connectors.Mapping.Codecs;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Mapping;

/// <summary>One mapped field: what a protocol may do with it, and how it is read and written.</summary>
public abstract class FieldPlan
{
    private readonly byte[] _firstName;
    private readonly byte[] _laterName;

    private protected FieldPlan(string name, FieldType type, FieldDefinition definition)
    {
        Name = name;
        Type = type;
        Definition = definition;
        _firstName = Encoding.UTF8.GetBytes($"\"{JavaScriptEncoder.Default.Encode(name)}\":");
        _laterName = [(byte)',', .. _firstName];
    }

    /// <summary>The unified field's name within its record, object or list item.</summary>
    public string Name { get; }

    /// <summary>The unified field's type.</summary>
    public FieldType Type { get; }

    /// <summary>The definition it was compiled from.</summary>
    public FieldDefinition Definition { get; }

    /// <summary>Where the source has it, from its record or list item; null where it has no single place.</summary>
    public virtual string? Path => null;

    /// <summary>The paths that have to be asked of the source for it. A list gives its own; its items' are in <see cref="Items"/>.</summary>
    public abstract IReadOnlyList<string> SourcePaths { get; }

    /// <summary>Whether bodies may carry it.</summary>
    public virtual bool Writable => false;

    /// <summary>Whether a filter may name it, as far as the mapping goes.</summary>
    public virtual bool Filterable => false;

    /// <summary>Whether a sort may name it, as far as the mapping goes.</summary>
    public virtual bool Sortable => false;

    /// <summary>The plan of a list's items; null for everything but lists of objects.</summary>
    public virtual RecordPlan? Items => null;

    /// <summary>The fields of a nested object; empty for everything else.</summary>
    public virtual IReadOnlyList<FieldPlan> Children => [];

    /// <summary>What a unified value has to be, with its article, for messages.</summary>
    public abstract string Accepts { get; }

    /// <summary>What reads its value apart from the record; null where it has no single place.</summary>
    internal virtual Codec? Codec => null;

    /// <summary>The source's form of a value given as text, such as a filter's.</summary>
    /// <param name="text">Text as it is, numbers in JSON's form, <c>true</c> or <c>false</c>.</param>
    /// <param name="source">The source's form.</param>
    /// <returns>False where the text is not what the field <see cref="Accepts"/>.</returns>
    public virtual bool TryToSourceValue(string text, [NotNullWhen(true)] out JsonNode? source)
    {
        source = null;
        return false;
    }

    /// <summary>Writes the field's unified value.</summary>
    /// <returns>False where the source's value cannot be read; then the record holds the problem.</returns>
    internal abstract bool Write(RecordSlots record, ReadOnlySpan<byte> source, ref JsonOutput output);

    /// <summary>Puts a body's value into a source record.</summary>
    internal abstract void ToSource(JsonElement unified, JsonObject source, string at, BodyProblems problems);

    internal void WriteName(bool first, ref JsonOutput output) => output.Raw(first ? _firstName : _laterName);
}
