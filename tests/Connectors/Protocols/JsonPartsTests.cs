using System.Text;
using Millwright.Connectors.Protocols;

namespace Millwright.Connectors.Tests.Protocols;

public sealed class JsonPartsTests
{
    [Theory]
    [InlineData("""{"total": 2, "items": [1, {"items": 3}]}""", "[1, {\"items\": 3}]", "2")]
    [InlineData("""{"items": [], "other": {"total": 1}, "total": 2}""", "[]", "2")]
    [InlineData("""{"items": [1], "items": [2]}""", "[1]", "")]
    [InlineData("""{"items": [1], "total": """, "[1]", "")]
    [InlineData("""{"items": [1""", "", "")]
    [InlineData("""[{"items": [1]}]""", "", "")]
    [InlineData("no JSON", "", "")]
    public void Members_are_those_of_the_answer_itself_as_far_as_it_goes(string answer, string items, string total)
    {
        var found = JsonParts.Members(Encoding.UTF8.GetBytes(answer), "items"u8.ToArray(), null, "total"u8.ToArray());

        Assert.Equal([items, "", total], found.Select(f => Encoding.UTF8.GetString(f.Span)));
    }
}
