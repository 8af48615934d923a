using System.Text.Json;
using Millwright.Core.Entities;
using Millwright.Core.Events;

namespace Millwright.Core.Tests.Events;

public sealed class SampleEventsTests : IAsyncDisposable
{
    private readonly DomainStore _domain = new();

    [Fact]
    public void There_is_a_sample_of_every_type()
    {
        var samples = new SampleEvents(EntityModel.Default, _domain.Ids, _domain.Time);

        Assert.All(new EventTypes(EntityModel.Default).All, type =>
        {
            var sample = samples.Of("app", type);
            using var json = JsonDocument.Parse(sample.Json);

            Assert.StartsWith("test_", sample.Id, StringComparison.Ordinal);
            Assert.Equal((sample.Id, type), (json.RootElement.GetProperty("id").GetString(), json.RootElement.GetProperty("type").GetString()));
            Assert.Equal(
                type.EndsWith(".deleted", StringComparison.Ordinal) ? JsonValueKind.Null : JsonValueKind.Object, json.RootElement.GetProperty("data").ValueKind);
        });
    }

    [Fact]
    public void A_sample_holds_the_examples_of_the_model()
    {
        using var json = JsonDocument.Parse(new SampleEvents(EntityModel.Default, _domain.Ids, _domain.Time).Of("app", "purchase-orders.updated").Json);
        var data = json.RootElement.GetProperty("data");

        Assert.Equal("purchase-orders", json.RootElement.GetProperty("entity").GetString());
        Assert.Equal(json.RootElement.GetProperty("key").GetString(), data.GetProperty("key").GetString());
        Assert.NotEqual(0, data.GetProperty("lineItems").GetArrayLength());
    }

    [Theory]
    [InlineData("connection.status_changed", "status", "previousStatus", "since", "reason")]
    [InlineData("connection.reauthorization_required", "status", "previousStatus", "since", "reason")]
    [InlineData("sync.completed", "entity", "counts", "error")]
    [InlineData("sync.failed", "entity", "counts", "error")]
    [InlineData("endpoint.disabled", "endpointId", "description", "reason", "failingSince")]
    public void A_sample_of_another_type_looks_like_a_real_one(string type, params string[] fields)
    {
        using var json = JsonDocument.Parse(new SampleEvents(EntityModel.Default, _domain.Ids, _domain.Time).Of("app", type).Json);

        Assert.Equal(fields, json.RootElement.GetProperty("data").EnumerateObject().Select(field => field.Name));
        Assert.Equal(!type.StartsWith("endpoint", StringComparison.Ordinal), json.RootElement.TryGetProperty("connectionId", out _));
    }

    public ValueTask DisposeAsync() => _domain.DisposeAsync();
}
