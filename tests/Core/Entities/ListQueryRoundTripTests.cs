using CsCheck;
using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;

namespace Millwright.Core.Tests.Entities;

public sealed class ListQueryRoundTripTests
{
    private static readonly RecordType Orders = EntityModel.Default.Find("purchase-orders")!.Record;

    private static readonly Field[] Fields =
        [.. new[] { "title", "vendorKey", "orderDate", "updatedAt", "totalNetValue", "billingAddress.city", "lineItems.quantity" }.Select(p => Orders.Find(p)!)];

    private static readonly Gen<Filter> AnyFilter =
        from field in Gen.OneOf(Fields)
        from op in Gen.OneOf([.. Enum.GetValues<FilterOperator>().Where(o => FilterSyntax.Applies(o, field))])
        from values in Value(field.ValueType).List[1, op == FilterOperator.In ? 4 : 1]
        select new Filter(field, op, values);

    private static readonly Gen<ListQuery> AnyQuery =
        from filters in AnyFilter.List[0, 5]
        from match in Gen.OneOf(FilterMatch.All, FilterMatch.Any)
        from sorts in Gen.OneOf(Fields[..6]).Select(Gen.Bool).List[0, 3]
        from page in Gen.Int[1, 100_000]
        from perPage in Gen.Int[1, ListQuery.MaxPerPage]
        from cursor in Gen.Char.AlphaNumeric.Array[1, 20].Null()
        from raw in Gen.Bool
        select new ListQuery(
            filters,
            match,
            [.. sorts.DistinctBy(s => s.Item1).Select(s => new Sort(s.Item1, s.Item2))],
            cursor is null ? page : 1,
            perPage,
            cursor is null ? null : new string(cursor),
            raw);

    [Fact]
    public void A_written_query_reads_as_the_same_query()
    {
        AnyQuery.Sample(query =>
        {
            var result = ListQueryParser.Parse(Orders, ListQueryWriter.Write(query));
            Assert.Empty(result.Problems);
            Assert.Equivalent(query, result.Query, strict: true);
        });
    }

    [Fact]
    public void Any_text_is_answered_with_a_query_or_with_problems()
    {
        var parameter = Gen.OneOf(Gen.OneOf("page", "filter[title]", "filter[orderDate:gt]", "sort[title]", "filter[", "filter[:]", "cursor"), Gen.String);
        parameter.Select(Gen.String).List[0, 4].Sample(pairs =>
        {
            var result = ListQueryParser.Parse(Orders, pairs.Select(p => KeyValuePair.Create(p.Item1, p.Item2)));
            Assert.Equal(result.Query is null, result.Problems.Count > 0);
        });
    }

    private static Gen<string> Value(FieldType type) => type switch
    {
        FieldType.Date => Gen.Date.Select(d => FieldValue.Format(DateOnly.FromDateTime(d))),
        FieldType.DateTime => Gen.DateTime.Select(d => FieldValue.Format(new DateTimeOffset(DateTime.SpecifyKind(d, DateTimeKind.Unspecified), TimeSpan.Zero))),
        FieldType.Decimal => Gen.Int[-1_000_000, 1_000_000].Select(i => FieldValue.Format(i / 1000m)),
        _ => Gen.Char[" -+&=%:[]äß日/'\"ab7"].Array[1, 8].Select(c => new string(c)),
    };
}
