using System.Collections.Frozen;
using System.Reflection;
using Millwright.Core.Entities;

namespace Millwright.Core.Events;

/// <summary>All event types there are, and the patterns by which endpoints choose among them.</summary>
public sealed class EventTypes
{
    private const string AnyType = "*";

    private readonly FrozenSet<string> _types;
    private readonly FrozenSet<string> _groups;

    /// <summary>The types of this model's records, and those of <see cref="EventType"/>.</summary>
    public EventTypes(EntityModel model)
    {
        var others = typeof(EventType).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);
        All = [.. model.Entities.SelectMany(e => Enum.GetValues<ChangeKind>().Select(change => EventType.Of(e.Name, change))), .. others];
        _types = All.ToFrozenSet();
        _groups = All.Select(GroupOf).ToFrozenSet();
    }

    /// <summary>Every type, those of records first.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Whether there is such a type.</summary>
    public bool Exists(string type) => _types.Contains(type);

    /// <summary>Whether the text is a type, <c>{what}.*</c> of something that has types, or <c>*</c>.</summary>
    public bool IsPattern(string text) => text == AnyType || _types.Contains(text) || _groups.Contains(text);

    /// <summary>Whether the pattern takes in the type.</summary>
    public static bool Matches(string pattern, string type) => pattern == AnyType || pattern == type || pattern == GroupOf(type);

    private static string GroupOf(string type) => string.Concat(type.AsSpan(0, type.LastIndexOf('.')), ".*");
}
