using Millwright.Core.Entities;
using Millwright.Testing;

namespace Millwright.Contracts.Tests;

public sealed class EntityModelTests
{
    private static readonly EntityModel Model = EntityModel.Default;
    private static readonly List<PublishedOperation> Operations = [.. PublishedContract.All.SelectMany(c => c.Operations)];
    private static readonly Comparison Found = Compare();

    [Fact]
    public void Every_path_and_verb_of_the_contracts_is_served()
    {
        Assert.NotEmpty(Operations);
        Offenders.None(Operations.Where(o => !o.IsServedBy(Model)).Select(o => $"{o.Route} ({o.Entity} {o.Name})"));
    }

    [Fact]
    public void Every_field_of_the_contracts_is_in_the_model_with_a_type_that_fits()
    {
        Offenders.None(Found.Problems);
    }

    [Fact]
    public void Every_field_of_the_model_is_in_a_contract_or_marked_as_an_extension()
    {
        var wrong =
            from record in Model.Records
            from field in record.Fields
            where field.Extension == Found.Fields.Contains((record.Name, field.Name))
            select $"{record.Name}.{field.Name} is {(field.Extension ? "marked as an extension but published" : "neither published nor marked as an extension")}";

        Offenders.None(wrong);
    }

    [Fact]
    public void Every_operation_of_the_model_is_in_a_contract_or_marked_as_an_extension()
    {
        var published = Operations.Select(o => (o.Entity, o.Name)).ToHashSet();
        var wrong =
            from entity in Model.Entities
            from operation in entity.Operations
            where entity.ExtensionOperations.Contains(operation) == published.Contains((entity.Name, operation))
            select $"{entity.Name} {operation}";

        Offenders.None(wrong);
    }

    [Fact]
    public void Every_entity_is_in_the_areas_whose_contracts_have_it()
    {
        var wrong =
            from entity in Model.Entities
            from area in EntityModel.Areas
            let published = Operations.Exists(o => o.Contract.Area == area && o.Entity == entity.Name)
            where published != entity.Areas.Contains(area)
            select $"{entity.Name} {area}";

        Offenders.None(wrong);
    }

    [Fact]
    public void Every_deviation_is_still_one()
    {
        var all = Deviations.Types.Keys.Concat(Deviations.RefusedInBodies.Keys).Concat(Deviations.Records.Keys);

        Offenders.None(all.Except(Found.UsedDeviations));
    }

    private static Comparison Compare()
    {
        var comparison = new Comparison();
        foreach (var operation in Operations.Where(o => o.IsServedBy(Model)))
        {
            var entity = Model.Find(operation.Entity)!;
            if (operation.Record is { } record)
            {
                var type = operation.Name == PublishedOperation.Statuses ? Model.Status : entity.RecordOf(operation.Name);
                comparison.Record($"{entity}.{operation.Name}", operation.Contract, record, type);
            }

            if (operation.Body is { } body && operation.Name != OperationName.SetStatus)
            {
                comparison.Body($"{entity}.{operation.Name}", operation.Contract, body, entity.BodyOf(operation.Name));
            }
        }

        // No answer of the contracts refers to it, but lists of materials hold it.
        var eam = PublishedContract.All[0];
        comparison.Record("MaterialItem", eam, eam.Schema("MaterialItem")!.Value, Model.Records.Single(r => r.Name == "MaterialItem"));
        return comparison;
    }
}
