using Millwright.Core.Entities;
using Millwright.Core.Entities.Queries;
using Millwright.Core.Errors;

namespace Millwright.Core.Tests.Entities;

public sealed class ListQueryParserTests
{
    private static readonly RecordType Orders = EntityModel.Default.Find("purchase-orders")!.Record;
    private static readonly RecordType Inventories = EntityModel.Default.Find("inventories")!.Record;
    private static readonly RecordType Materials = EntityModel.Default.Find("materials")!.Record;

    [Fact]
    public void No_parameters_ask_for_the_first_page_of_everything()
    {
        Assert.Equivalent(ListQuery.Everything, Parsed([]));
    }

    [Fact]
    public void Paging_match_and_raw_are_read()
    {
        var query = Parsed([new("page", "3"), new("per_page", "1000"), new("filterMatch", "any"), new("raw", "true")]);

        Assert.Equal((3, 1000, FilterMatch.Any, true, null), (query.Page, query.PerPage, query.Match, query.IncludeRaw, query.Cursor));
    }

    [Fact]
    public void A_cursor_is_taken_as_it_is()
    {
        Assert.Equal("aGVsbG8/=", Parsed([new("cursor", "aGVsbG8/=")]).Cursor);
    }

    [Theory]
    [InlineData("filter[title]", FilterOperator.Equal)]
    [InlineData("filter[title:contains]", FilterOperator.Contains)]
    [InlineData("filter[title:startsWith]", FilterOperator.StartsWith)]
    [InlineData("filter[title:endsWith]", FilterOperator.EndsWith)]
    [InlineData("filter[title:gt]", FilterOperator.GreaterThan)]
    [InlineData("filter[title:gteq]", FilterOperator.GreaterThanOrEqual)]
    [InlineData("filter[title:lt]", FilterOperator.LessThan)]
    [InlineData("filter[title:lteq]", FilterOperator.LessThanOrEqual)]
    [InlineData("filter[title:lted]", FilterOperator.LessThanOrEqual)]
    [InlineData("filter[title:in]", FilterOperator.In)]
    public void Every_operator_has_its_word(string parameter, FilterOperator expected)
    {
        var filter = Assert.Single(Parsed([new(parameter, "Pump")]).Filters);

        Assert.Equal(("title", expected, "Pump"), (filter.Field.Name, filter.Operator, Assert.Single(filter.Values)));
    }

    [Theory]
    [InlineData("filter[updatedAt:gt]", "2026-01-31", "2026-01-31T00:00:00Z")]
    [InlineData("filter[updatedAt:gt]", "2026-01-31T08:30:00+02:00", "2026-01-31T06:30:00Z")]
    [InlineData("filter[updatedAt:gt]", "2026-01-31T08:30:00.1200Z", "2026-01-31T08:30:00.12Z")]
    [InlineData("filter[orderDate]", "2026-01-31", "2026-01-31")]
    [InlineData("filter[orderDate]", "2026-01-31T23:30:00-05:00", "2026-01-31")]
    [InlineData("filter[totalNetValue:gteq]", "-012.500", "-12.5")]
    [InlineData("filter[totalNetValue:gteq]", "9999999999999999999999999.123", "9999999999999999999999999.123")]
    [InlineData("filter[title]", "", "")]
    [InlineData("filter[title]", "a,b", "a,b")]
    [InlineData("filter[billingAddress.isActive]", "1", "true")]
    [InlineData("filter[lineItems.quantity:in]", "7.0", "7")]
    public void Values_get_the_normal_form_of_the_fields_type(string parameter, string value, string expected)
    {
        Assert.Equal(expected, Assert.Single(Assert.Single(Parsed([new(parameter, value)]).Filters).Values));
    }

    [Fact]
    public void An_in_filter_has_several_values()
    {
        Assert.Equal(["4", "9"], Assert.Single(Parsed([new("filter[vendorKey:in]", "4,9")]).Filters).Values);
    }

    [Fact]
    public void Arrays_of_keys_are_filtered_by_a_key()
    {
        Assert.Equal("siteKeys", Assert.Single(ListQueryParser.Parse(Materials, [new("filter[siteKeys]", "5")]).Query!.Filters).Field.Name);
    }

    [Fact]
    public void Filters_on_one_field_add_up_and_sorts_keep_their_order()
    {
        var query = Parsed([new("filter[orderDate:gteq]", "2026-01-01"), new("filter[orderDate:lt]", "2026-02-01"), new("sort[statusKey]", "0"), new("sort[orderDate]", "1")]);

        Assert.Equal(2, query.Filters.Count);
        Assert.Equal([("statusKey", false), ("orderDate", true)], query.Sorts.Select(s => (s.Field.Name, s.Descending)));
    }

    [Theory]
    [InlineData("page", "0")]
    [InlineData("page", "-1")]
    [InlineData("page", "1.5")]
    [InlineData("page", "")]
    [InlineData("page", "99999999999")]
    [InlineData("per_page", "0")]
    [InlineData("per_page", "1001")]
    [InlineData("cursor", "")]
    [InlineData("filterMatch", "some")]
    [InlineData("raw", "yes")]
    [InlineData("perPage", "10")]
    [InlineData("search", "pump")]
    [InlineData("filter", "title=x")]
    [InlineData("filter[]", "x")]
    [InlineData("filter[title", "x")]
    [InlineData("filter[colour]", "red")]
    [InlineData("filter[title:like]", "x")]
    [InlineData("filter[title:]x", "x")]
    [InlineData("filter[orderDate]", "31.01.2026")]
    [InlineData("filter[orderDate]", "2026-02-30")]
    [InlineData("filter[updatedAt:gt]", "2026-01-31T08:30:00")]
    [InlineData("filter[updatedAt:gt]", "yesterday")]
    [InlineData("filter[updatedAt:contains]", "2026")]
    [InlineData("filter[totalNetValue]", "1e3")]
    [InlineData("filter[totalNetValue]", "1,000.00")]
    [InlineData("filter[totalNetValue]", "12345678901234567890123456789")]
    [InlineData("filter[vendorKey]", "")]
    [InlineData("filter[vendorKey:in]", "4,,9")]
    [InlineData("filter[billingAddress]", "x")]
    [InlineData("filter[billingAddress.colour]", "red")]
    [InlineData("filter[billingAddress.isActive]", "maybe")]
    [InlineData("filter[billingAddress.isActive:gt]", "true")]
    [InlineData("filter[customFields]", "x")]
    [InlineData("sort[title]", "desc")]
    [InlineData("sort[colour]", "0")]
    [InlineData("sort[lineItems]", "0")]
    [InlineData("sort[lineItems.quantity]", "0")]
    [InlineData("sort[customFields]", "0")]
    public void What_is_not_understood_is_refused_by_name(string parameter, string value)
    {
        var result = ListQueryParser.Parse(Orders, [new(parameter, value)]);

        Assert.Null(result.Query);
        Assert.Equal(parameter, Assert.Single(result.Problems).Field);
    }

    [Theory]
    [InlineData("quantity", "1e400")]
    [InlineData("quantity", "NaN")]
    [InlineData("quantity", "many")]
    public void A_number_has_to_be_finite(string field, string value)
    {
        Assert.Equal([new ErrorDetail($"filter[{field}]", $"'{value}' is not a number.")], ListQueryParser.Parse(Inventories, [new($"filter[{field}]", value)]).Problems);
    }

    [Theory]
    [InlineData("page")]
    [InlineData("per_page")]
    [InlineData("cursor")]
    [InlineData("sort[title]")]
    public void A_scalar_parameter_is_given_once(string parameter)
    {
        var problems = ListQueryParser.Parse(Orders, [new(parameter, "1"), new(parameter, "1")]).Problems;

        Assert.Equal([new ErrorDetail(parameter, "Given more than once.")], problems);
    }

    [Fact]
    public void Page_and_cursor_exclude_each_other()
    {
        Assert.Equal("cursor", Assert.Single(ListQueryParser.Parse(Orders, [new("page", "1"), new("cursor", "x")]).Problems).Field);
    }

    [Fact]
    public void Several_problems_are_named_at_once()
    {
        var problems = ListQueryParser.Parse(Orders, [new("page", "x"), new("filter[colour]", "red"), new("top", "5")]).Problems;

        Assert.Equal(["page", "filter[colour]", "top"], problems.Select(p => p.Field));
    }

    [Fact]
    public void There_are_bounds_on_conditions_and_values()
    {
        var filters = Enumerable.Range(0, ListQueryParser.MaxConditions + 1).Select(_ => new KeyValuePair<string, string>("filter[title]", "x"));
        var values = string.Join(',', Enumerable.Range(0, ListQueryParser.MaxInValues + 1));

        Assert.Equal("filter", Assert.Single(ListQueryParser.Parse(Orders, filters).Problems).Field);
        Assert.Equal("filter[title:in]", Assert.Single(ListQueryParser.Parse(Orders, [new("filter[title:in]", values)]).Problems).Field);
    }

    private static ListQuery Parsed(KeyValuePair<string, string>[] parameters)
    {
        var result = ListQueryParser.Parse(Orders, parameters);
        Assert.Empty(result.Problems);
        return result.Query!;
    }
}
