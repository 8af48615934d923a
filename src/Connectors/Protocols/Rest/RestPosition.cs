using System.Text.Json;

namespace Millwright.Connectors.Protocols.Rest;

/// <summary>Where a walk by page numbers stands.</summary>
/// <param name="Page">The page to read next, from 0.</param>
/// <param name="From">The modified time from which on pages are counted; null where they are counted over the whole list.</param>
/// <param name="IsBack">Whether the walk goes from page to page towards the first.</param>
/// <param name="Then">The modified time with which a walk that went back goes on after the first page; null where it ends there.</param>
internal sealed record RestPosition(long Page, string? From = null, bool IsBack = false, string? Then = null)
{
    /// <summary>The position after a page of a walk by modified time; null where the walk ends.</summary>
    /// <param name="last">The time of the page's last record, not before <see cref="From"/>.</param>
    /// <param name="isEnd">Whether the list ends with this page.</param>
    public RestPosition? After(string? last, bool isEnd)
    {
        if (!isEnd && last == From)
        {
            return this with { Page = Page + 1 };
        }

        // Several pages had the one same time. Records that changed since then left them and moved others to pages already read: going
        // back over the pages finds these, since every move is towards the first page.
        return (this with { IsBack = true, Then = isEnd ? null : last }).Back();
    }

    /// <summary>The position before a page; after the first page that of what comes then, null where the walk ends.</summary>
    public RestPosition? Back() =>
        Page > 0 ? this with { Page = Page - 1 }
        : Then is not null ? new RestPosition(0, Then)
        : null;

    /// <summary>Text for a cursor.</summary>
    public override string ToString() => JsonSerializer.Serialize(this);

    /// <summary>Reads the text; null where it is none of ours.</summary>
    public static RestPosition? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<RestPosition>(text) is { Page: >= 0 and <= int.MaxValue } position ? position : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
