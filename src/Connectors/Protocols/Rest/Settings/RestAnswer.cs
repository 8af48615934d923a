namespace Millwright.Connectors.Protocols.Rest.Settings;

/// <summary>What the answer to a write is made of.</summary>
public enum RestAnswer
{
    /// <summary>The record in the source's answer.</summary>
    Record,

    /// <summary>The record that the operation's key names, read afterwards.</summary>
    Reread,
}
