using System.Globalization;
using Millwright.Core.Errors;

namespace Millwright.Core.Entities.Queries;

/// <summary>Reads the query string of a list request. Whatever it does not understand is a problem, never ignored.</summary>
public sealed class ListQueryParser
{
    /// <summary>The most filters and sorts that one request may have, each.</summary>
    public const int MaxConditions = 50;

    /// <summary>The most values of one <c>in</c>.</summary>
    public const int MaxInValues = 500;

    private readonly RecordType _record;
    private readonly List<ErrorDetail> _problems = [];
    private readonly List<Filter> _filters = [];
    private readonly List<Sort> _sorts = [];
    private readonly HashSet<string> _seen = [];
    private FilterMatch _match;
    private int? _page;
    private int _perPage = ListQuery.DefaultPerPage;
    private string? _cursor;
    private bool _raw;

    private ListQueryParser(RecordType record) => _record = record;

    /// <summary>Reads a query string.</summary>
    /// <param name="record">The type of the listed records.</param>
    /// <param name="parameters">Names and values, decoded, in the order of the request.</param>
    public static ListQueryResult Parse(RecordType record, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var parser = new ListQueryParser(record);
        foreach (var (name, value) in parameters)
        {
            parser.Read(name, value);
        }

        return parser.Result();
    }

    private ListQueryResult Result()
    {
        if (_page is not null && _cursor is not null)
        {
            Complain("cursor", "page and cursor exclude each other.");
        }

        if (_filters.Count > MaxConditions || _sorts.Count > MaxConditions)
        {
            Complain(_filters.Count > MaxConditions ? "filter" : "sort", $"More than {MaxConditions}.");
        }

        return _problems.Count > 0
            ? new ListQueryResult(null, _problems)
            : new ListQueryResult(new ListQuery(_filters, _match, _sorts, _page ?? 1, _perPage, _cursor, _raw), []);
    }

    private void Read(string name, string value)
    {
        if (Bracketed(name, "filter") is { } condition)
        {
            ReadFilter(name, condition, value);
        }
        else if (!_seen.Add(name))
        {
            Complain(name, "Given more than once.");
        }
        else if (Bracketed(name, "sort") is { } field)
        {
            ReadSort(name, field, value);
        }
        else
        {
            ReadScalar(name, value);
        }
    }

    private void ReadScalar(string name, string value)
    {
        switch (name)
        {
            case "page":
                _page = ReadNumber(name, value, int.MaxValue);
                break;
            case "per_page":
                _perPage = ReadNumber(name, value, ListQuery.MaxPerPage);
                break;
            case "cursor" when value.Length > 0:
                _cursor = value;
                break;
            case "cursor":
                Complain(name, "Empty.");
                break;
            case "filterMatch" when value is "any" or "all":
                _match = value == "any" ? FilterMatch.Any : FilterMatch.All;
                break;
            case "filterMatch":
                Complain(name, "Neither any nor all.");
                break;
            case "raw" when FieldValue.Normalize(FieldType.Boolean, value) is { } raw:
                _raw = raw == "true";
                break;
            case "raw":
                Complain(name, "Neither true nor false.");
                break;
            default:
                Complain(name, "Unknown parameter. Known are page, per_page, cursor, filter[field], filter[field:operator], filterMatch, sort[field] and raw.");
                break;
        }
    }

    private int ReadNumber(string name, string value, int max)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max)
        {
            return number;
        }

        Complain(name, $"Not a whole number from 1 to {max}.");
        return 1;
    }

    private void ReadSort(string name, string path, string value)
    {
        if (value is not ("0" or "1"))
        {
            Complain(name, "Neither 0 (ascending) nor 1 (descending).");
        }
        else if (_record.Find(path) is not { } field)
        {
            Complain(name, $"{_record.Name} has no field '{path}'.");
        }
        else if (!FilterSyntax.Sortable(field))
        {
            Complain(name, $"'{path}' has no order to sort by.");
        }
        else
        {
            _sorts.Add(new Sort(field, value == "1"));
        }
    }

    private void ReadFilter(string name, string condition, string value)
    {
        var colon = condition.IndexOf(':', StringComparison.Ordinal);
        var path = colon < 0 ? condition : condition[..colon];
        if (_record.Find(path) is not { } field)
        {
            Complain(name, $"{_record.Name} has no field '{path}'.");
        }
        else if (FilterSyntax.Operator(colon < 0 ? "" : condition[(colon + 1)..]) is not { } op)
        {
            Complain(name, $"Unknown operator. Known are {FilterSyntax.Names}.");
        }
        else if (!FilterSyntax.Applies(op, field))
        {
            Complain(name, $"'{path}' is of the type {FieldTypes.Name(field.ValueType)}, which cannot be compared so.");
        }
        else
        {
            ReadValues(name, field, op, value);
        }
    }

    private void ReadValues(string name, Field field, FilterOperator op, string value)
    {
        string[] given = op == FilterOperator.In ? value.Split(',') : [value];
        var values = new List<string>(given.Length);
        foreach (var text in given)
        {
            if (FieldValue.Normalize(field.ValueType, text) is { } normal)
            {
                values.Add(normal);
            }
            else
            {
                Complain(name, $"'{text}' is not {FieldTypes.Expected(field.ValueType)}.");
                return;
            }
        }

        if (values.Count > MaxInValues)
        {
            Complain(name, $"More than {MaxInValues} values.");
            return;
        }

        _filters.Add(new Filter(field, op, values));
    }

    private void Complain(string parameter, string message) => _problems.Add(new ErrorDetail(parameter, message));

    private static string? Bracketed(string name, string word) =>
        name.Length > word.Length + 2 && name.StartsWith(word, StringComparison.Ordinal) && name[word.Length] == '[' && name[^1] == ']'
            ? name[(word.Length + 1)..^1]
            : null;
}
