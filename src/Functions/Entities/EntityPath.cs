namespace Millwright.Functions.Entities;

/// <summary>What an entity route says.</summary>
internal sealed record EntityPath(string Area, string Entity, string Operation)
{
    public string? Key { get; init; }

    public string? SubKey { get; init; }
}
