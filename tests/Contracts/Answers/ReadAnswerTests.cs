using System.Text.Json;
using Millwright.Core.Entities;
using Millwright.Testing;
using Millwright.Testing.App;
using Millwright.Testing.EndToEnd;

namespace Millwright.Contracts.Tests.Answers;

public sealed class ReadAnswerTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private static readonly EntityModel Model = EntityModel.Default;

    // As the contracts write them.
    private static readonly string[] Forms =
    [
        "page=1&per_page=2", "page=2&per_page=2",
        "filter[name]=HelloFromMakiniAPI", "filter[name:contains]=a", "filter[name:startsWith]=A", "filter%5Bname%3Acontains%5D=a",
        "filter[createdAt:gt]=2023-11-07", "filter[createdAt:gteq]=2023-11-07", "filter[createdAt:lt]=2099-11-07", "filter[createdAt:lted]=2099-11-07",
        "filter[createdAt:gt]=2023-11-07&filter[createdAt:lted]=2000-11-07&filterMatch=any", "filter[createdAt:gt]=2023-11-07&filterMatch=all",
        "sort[createdAt]=1", "sort[createdAt]=0",
    ];

    private ApiClient Customer => fixture.Connected.Customer;

    private List<PublishedOperation> Reads =>
        [.. PublishedContract.All.SelectMany(c => c.Operations).Where(o => o.Route.StartsWith("GET ", StringComparison.Ordinal) && fixture.Offers(o))];

    [Fact]
    public async Task Every_read_answers_as_its_contract_documents()
    {
        var problems = new List<string>();
        var read = 0;
        foreach (var operation in Reads)
        {
            var path = await PathAsync(operation);
            var answer = (await Customer.GetAsync(path)).Expect(200);
            var reader = new AnswerReader(operation.Contract);
            reader.CheckAnswer(operation.Route, answer, RecordOf(operation));
            problems.AddRange(reader.Problems);
            read += reader.Read;
        }

        Offenders.None(problems);
        Assert.True(read > 10_000, $"Only {read} values were read.");
    }

    [Fact]
    public async Task Every_list_takes_the_documented_paging_filters_and_sorts()
    {
        var taken = new HashSet<string>();
        foreach (var operation in Reads.Where(o => o.Name == OperationName.List))
        {
            var path = operation.Route.Split(' ')[1];
            foreach (var parameter in ListForms(operation.Entity))
            {
                var reader = new AnswerReader(operation.Contract);
                reader.CheckAnswer(operation.Route, (await Customer.GetAsync($"{path}?{parameter}")).Expect(200), RecordOf(operation));
                Offenders.None(reader.Problems);
                taken.Add(parameter);
            }
        }

        // Each form was tried on something.
        Assert.Equal(ListForms(null), taken.OrderBy(form => Array.IndexOf(Forms, form)));
    }

    [Theory]
    [InlineData("/api/eam/materials?per_page=7")]
    [InlineData("/api/eam/meter-readings?per_page=700")]
    public async Task The_next_links_lead_through_the_whole_list(string path)
    {
        var first = (await Customer.GetAsync(path)).Expect(200);
        var keys = new List<string>();
        for (var page = first; ;)
        {
            keys.AddRange(page.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("key").GetString()!));
            if (page.GetProperty("links").GetProperty("next").GetString() is not { } next)
            {
                break;
            }

            page = (await Customer.GetAsync(new Uri(next).PathAndQuery)).Expect(200);
        }

        Assert.Distinct(keys);
        Assert.True(keys.Count > first.GetProperty("data").GetArrayLength());
        if (first.GetProperty("meta").GetProperty("total") is { ValueKind: JsonValueKind.Number } total)
        {
            Assert.Equal(total.GetInt32(), keys.Count);
        }
    }

    private static RecordType? RecordOf(PublishedOperation operation) => operation switch
    {
        { Name: PublishedOperation.Statuses } => Model.Status,
        _ => Model.Find(operation.Entity)!.RecordOf(operation.Name),
    };

    // The forms that the entity's source can do; all of them without an entity.
    private IEnumerable<string> ListForms(string? entity) => Forms.Where(form => entity is null || (form.StartsWith("page", StringComparison.Ordinal)
        ? form == "page=1&per_page=2" || !OnlyForward(entity)
        : fixture.Field(entity, form.Contains("name", StringComparison.Ordinal) ? "name" : "createdAt") is { } field && field.GetProperty("filters").GetArrayLength() > 0));

    // A source that gives no numbered pages is read by links.next alone: a page's number would cost a call for every page before it.
    private bool OnlyForward(string entity) => fixture.Offered.GetProperty(entity).GetProperty("paging").GetString() == "cursor";

    private async Task<string> PathAsync(PublishedOperation operation)
    {
        var path = operation.Route.Split(' ')[1];
        var at = path.IndexOf("/{key}", StringComparison.Ordinal);
        return at < 0 ? path : $"{path[..at]}/{await Orders.FirstKeyAsync(Customer, path[..at] + "?per_page=1")}{path[(at + "/{key}".Length)..]}";
    }
}
