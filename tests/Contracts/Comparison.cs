using System.Text.Json;
using Millwright.Core.Entities;

namespace Millwright.Contracts.Tests;

/// <summary>Walks schemas of the contracts beside record types of the model and gathers what does not agree.</summary>
internal sealed class Comparison
{
    private readonly HashSet<string> _problems = [];
    private readonly HashSet<string> _used = [];
    private readonly HashSet<(string Record, string Field)> _fields = [];
    private readonly HashSet<(PublishedContract Contract, string Record, string Schema)> _walked = [];

    public IEnumerable<string> Problems => _problems.Order(StringComparer.Ordinal);

    public IReadOnlySet<string> UsedDeviations => _used;

    /// <summary>The model's fields that a contract has.</summary>
    public IReadOnlySet<(string Record, string Field)> Fields => _fields;

    /// <summary>Compares the records that an operation answers with.</summary>
    public void Record(string operation, PublishedContract contract, JsonElement schema, RecordType record)
    {
        if (Deviations.Records.ContainsKey(operation))
        {
            _used.Add(operation);
        }
        else if (_walked.Add((contract, record.Name, schema.GetRawText())))
        {
            Walk(contract, schema, record);
        }
    }

    /// <summary>Compares the body that an operation takes.</summary>
    public void Body(string operation, PublishedContract contract, JsonElement schema, RecordType? record)
    {
        foreach (var property in contract.Properties(schema))
        {
            var place = $"{operation} {property.Name}";
            if (Deviations.RefusedInBodies.ContainsKey(place))
            {
                _used.Add(place);
            }
            else if (record?.Field(property.Name) is not { } field)
            {
                _problems.Add($"{place} is not in the model");
            }
            else
            {
                _fields.Add((record.Name, field.Name));
                if (field.ReadOnly && !Deviations.SetBySystem.Contains(field.Name))
                {
                    _problems.Add($"{place} is read-only");
                }

                Agree(TypeForms.Writes(field, property.Value), record, field, property.Value);
            }
        }
    }

    private void Walk(PublishedContract contract, JsonElement schema, RecordType record)
    {
        foreach (var property in contract.Properties(schema))
        {
            if (record.Field(property.Name) is not { } field)
            {
                _problems.Add($"{record.Name}.{property.Name} is not in the model");
                continue;
            }

            _fields.Add((record.Name, field.Name));
            Agree(TypeForms.Reads(field, property.Value), record, field, property.Value);
            if (field.Record is not null)
            {
                var inner = property.Value.TryGetProperty("items", out var items) ? items : property.Value;
                Record(record.Name, contract, inner, field.Record);
            }
        }
    }

    private void Agree(bool fits, RecordType record, Field field, JsonElement schema)
    {
        var place = $"{record.Name}.{field.Name}";
        if (fits)
        {
            return;
        }

        _used.Add(place);
        if (!Deviations.Types.ContainsKey(place))
        {
            _problems.Add($"{place} is {FieldTypes.Name(field.Type)}, published as {schema.GetRawText()}");
        }
    }
}
