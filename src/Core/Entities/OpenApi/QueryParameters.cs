using Millwright.Core.Entities.Queries;

namespace Millwright.Core.Entities.OpenApi;

/// <summary>The parameters of lists.</summary>
internal static class QueryParameters
{
    public static readonly OpenApiParameter Raw = new(
        "raw", "query", "Whether each record carries the connected system's own as `raw`.", """{"type":"boolean","default":false}""")
    { Component = "Raw" };

    private static readonly OpenApiParameter[] Common =
    [
        new("filterMatch", "query", "Whether records match `all` filters or `any` of them.", """{"type":"string","enum":["all","any"],"default":"all"}""") { Component = "FilterMatch" },
        new("page", "query", "The page's number. Systems that only page forward take a `cursor` instead; the two exclude each other.", """{"type":"integer","minimum":1,"default":1}""") { Component = "Page" },
        new("per_page", "query", "Records in a page.", $$"""{"type":"integer","minimum":1,"maximum":{{ListQuery.MaxPerPage}},"default":{{ListQuery.DefaultPerPage}}}""") { Component = "PerPage" },
        new("cursor", "query", "Continues after an earlier page; taken from its `links.next`.", """{"type":"string"}""") { Component = "Cursor" },
        Raw,
    ];

    public static IEnumerable<OpenApiParameter> Of(RecordType record) =>
    [
        new(
            "filter",
            "query",
            "Conditions by field: `filter[name]=…` for equality, `filter[name:operator]=…` with "
            + $"{FilterSyntax.Names} for others; `in` takes values separated by commas. What the connected system cannot do is refused by name.",
            SchemaWriter.Reference(SchemaWriter.FilterName(record)))
        {
            DeepObject = true,
            Component = SchemaWriter.FilterName(record),
        },
        new(
            "sort",
            "query",
            "The order by field, the first being the coarsest: `sort[name]=0` ascending, `sort[name]=1` descending.",
            SchemaWriter.Reference(SchemaWriter.SortName(record)))
        {
            DeepObject = true,
            Component = SchemaWriter.SortName(record),
        },
        .. Common,
    ];
}
