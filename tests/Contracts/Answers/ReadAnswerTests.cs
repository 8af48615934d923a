using Millwright.Core.Entities;
using Millwright.Testing;
using Millwright.Testing.App;

namespace Millwright.Contracts.Tests.Answers;

public sealed class ReadAnswerTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private static readonly EntityModel Model = EntityModel.Default;

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
            foreach (var parameter in (string[])["page=1&per_page=2", "page=2&per_page=2", .. ListForms(operation.Entity)])
            {
                var reader = new AnswerReader(operation.Contract);
                reader.CheckAnswer(operation.Route, (await Customer.GetAsync($"{path}?{parameter}")).Expect(200), RecordOf(operation));
                Offenders.None(reader.Problems);
                taken.Add(parameter);
            }
        }

        // Each form was tried on something, and more than once.
        Assert.Equal(2 + ListForms(null).Count(), taken.Count);
    }

    [Fact]
    public async Task The_next_links_lead_through_the_whole_list()
    {
        var first = (await Customer.GetAsync("/api/eam/materials?per_page=7")).Expect(200);
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
        Assert.Equal(first.GetProperty("meta").GetProperty("total").GetInt32(), keys.Count);
    }

    private static RecordType? RecordOf(PublishedOperation operation) => operation switch
    {
        { Name: PublishedOperation.Statuses } => Model.Status,
        _ => Model.Find(operation.Entity)!.RecordOf(operation.Name),
    };

    // The forms that the contracts document, where the entity has the field; all of them without an entity.
    private IEnumerable<string> ListForms(string? entity)
    {
        string[] forms =
        [
            "filter[name]=HelloFromMakiniAPI", "filter[name:contains]=a", "filter[name:startsWith]=A", "filter%5Bname%3Acontains%5D=a",
            "filter[createdAt:gt]=2023-11-07", "filter[createdAt:gteq]=2023-11-07", "filter[createdAt:lt]=2099-11-07", "filter[createdAt:lted]=2099-11-07",
            "filter[createdAt:gt]=2023-11-07&filter[createdAt:lted]=2000-11-07&filterMatch=any", "filter[createdAt:gt]=2023-11-07&filterMatch=all",
            "sort[createdAt]=1", "sort[createdAt]=0",
        ];
        return forms.Where(form => entity is null || fixture.Field(entity, form.Contains("name", StringComparison.Ordinal) ? "name" : "createdAt") is { } field
            && field.GetProperty("filters").GetArrayLength() > 0);
    }

    private async Task<string> PathAsync(PublishedOperation operation)
    {
        var path = operation.Route.Split(' ')[1];
        return path.Contains("{key}", StringComparison.Ordinal)
            ? path.Replace("{key}", await Millwright.Testing.EndToEnd.Orders.FirstKeyAsync(Customer, path[..path.IndexOf("/{key}", StringComparison.Ordinal)] + "?per_page=1"), StringComparison.Ordinal)
            : path;
    }
}
