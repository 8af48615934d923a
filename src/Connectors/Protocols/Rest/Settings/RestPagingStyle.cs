namespace Millwright.Connectors.Protocols.Rest.Settings;

/// <summary>The ways of paging.</summary>
public enum RestPagingStyle
{
    /// <summary>By the page's number, from 1.</summary>
    Page,

    /// <summary>By the number of records to skip.</summary>
    Offset,

    /// <summary>Forward only, by a cursor that each page gives.</summary>
    Cursor,
}
