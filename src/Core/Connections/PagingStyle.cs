namespace Millwright.Core.Connections;

/// <summary>How a list is paged.</summary>
public enum PagingStyle
{
    /// <summary>Any page by its number.</summary>
    Page,

    /// <summary>Forward only, by the cursor that each page gives.</summary>
    Cursor,
}
