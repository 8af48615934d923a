using System.Text.Json;
using Millwright.Core.Errors;

namespace Millwright.Functions.Http;

/// <summary>Takes a system call's body apart and collects everything that is wrong with it.</summary>
internal sealed class JsonBody
{
    private readonly JsonElement _body;
    private readonly List<ErrorDetail> _problems = [];

    /// <summary>Starts on a body.</summary>
    /// <param name="body">What came.</param>
    /// <param name="known">The fields that it may have.</param>
    public JsonBody(JsonElement body, params ReadOnlySpan<string> known)
    {
        _body = body;
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new ApiException(ErrorCode.ValidationFailed, "The body must be a JSON object.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in body.EnumerateObject())
        {
            if (!known.Contains(field.Name))
            {
                _problems.Add(new ErrorDetail(field.Name, $"There is no such field here. There are: {string.Join(", ", known!)}."));
            }
            else if (!names.Add(field.Name))
            {
                _problems.Add(new ErrorDetail(field.Name, "The field is given twice."));
            }
        }
    }

    /// <summary>A text that must be there, of 1 to <paramref name="maxLength"/> characters.</summary>
    public string RequiredText(string field, int maxLength)
    {
        if (_body.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
        {
            if (text.Length <= maxLength)
            {
                return text;
            }

            _problems.Add(new ErrorDetail(field, $"At most {maxLength} characters."));
            return "";
        }

        _problems.Add(new ErrorDetail(field, "Required, as a text."));
        return "";
    }

    /// <summary>Whether the field is there, with whatever value.</summary>
    public bool Has(string field) => _body.TryGetProperty(field, out _);

    /// <summary>A text of at most <paramref name="maxLength"/> characters, or null where it is absent or null.</summary>
    public string? OptionalText(string field, int maxLength)
    {
        if (!_body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Length <= maxLength)
        {
            return text;
        }

        _problems.Add(new ErrorDetail(field, $"A text of at most {maxLength} characters."));
        return null;
    }

    /// <summary>A list of at most <paramref name="maxCount"/> texts of at most <paramref name="maxLength"/> characters each, or null where it is absent or null.</summary>
    public IReadOnlyList<string>? OptionalList(string field, int maxCount, int maxLength)
    {
        if (!_body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= maxCount
            && value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String && e.GetString()!.Length <= maxLength))
        {
            return [.. value.EnumerateArray().Select(e => e.GetString()!)];
        }

        _problems.Add(new ErrorDetail(field, $"A list of at most {maxCount} texts of at most {maxLength} characters each."));
        return null;
    }

    /// <summary>True or false, or null where it is absent or null.</summary>
    public bool? OptionalFlag(string field) =>
        _body.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? Flag(field) : null;

    /// <summary>A moment in ISO 8601, or null where it is absent or null.</summary>
    public DateTimeOffset? OptionalTime(string field)
    {
        if (!_body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time))
        {
            return time;
        }

        _problems.Add(new ErrorDetail(field, "A moment in ISO 8601, such as 2026-11-24T10:00:00Z."));
        return null;
    }

    /// <summary>A whole number of seconds from 1 to <paramref name="max"/>, or null where it is absent or null.</summary>
    public TimeSpan? OptionalSeconds(string field, TimeSpan max) => OptionalSeconds(field, TimeSpan.FromSeconds(1), max);

    /// <summary>A whole number of seconds from <paramref name="min"/> to <paramref name="max"/>, or null where it is absent or null.</summary>
    public TimeSpan? OptionalSeconds(string field, TimeSpan min, TimeSpan max) =>
        _body.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? Seconds(field, value, min, max) : null;

    /// <summary>An object whose values are whole numbers of seconds, or null where it is absent or null.</summary>
    public IReadOnlyDictionary<string, TimeSpan>? OptionalSecondsByName(string field, TimeSpan min, TimeSpan max)
    {
        if (!_body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            _problems.Add(new ErrorDetail(field, "An object whose values are seconds."));
            return null;
        }

        var seconds = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var entry in value.EnumerateObject())
        {
            seconds[entry.Name] = Seconds($"{field}.{entry.Name}", entry.Value, min, max) ?? default;
        }

        return seconds;
    }

    /// <summary>A whole number from 1 to <paramref name="max"/>, or null where it is absent or null.</summary>
    public int? OptionalNumber(string field, int max)
    {
        if (!_body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0 && number <= max)
        {
            return number;
        }

        _problems.Add(new ErrorDetail(field, $"A whole number, 1 to {max}."));
        return null;
    }

    /// <summary>One of an enumeration's names in lower case, or null where it is absent or null.</summary>
    public T? OptionalChoice<T>(string field)
        where T : struct, Enum
    {
        if (!_body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        foreach (var choice in Enum.GetValues<T>())
        {
            if (value.ValueKind == JsonValueKind.String && value.ValueEquals(choice.ToString().ToLowerInvariant()))
            {
                return choice;
            }
        }

        _problems.Add(new ErrorDetail(field, $"One of: {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}."));
        return null;
    }

    /// <summary>True or false; false where it is absent or null.</summary>
    public bool Flag(string field)
    {
        if (!_body.TryGetProperty(field, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.False)
        {
            return false;
        }

        if (value.ValueKind != JsonValueKind.True)
        {
            _problems.Add(new ErrorDetail(field, "true or false."));
        }

        return true;
    }

    /// <summary>An object whose values are texts; null counts as absent.</summary>
    public IReadOnlyDictionary<string, string> RequiredTexts(string field)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!_body.TryGetProperty(field, out var value) || value.ValueKind != JsonValueKind.Object)
        {
            _problems.Add(new ErrorDetail(field, "Required, as an object whose values are texts."));
            return texts;
        }

        foreach (var entry in value.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.String)
            {
                texts[entry.Name] = entry.Value.GetString()!;
            }
            else if (entry.Value.ValueKind != JsonValueKind.Null)
            {
                _problems.Add(new ErrorDetail($"{field}.{entry.Name}", "A text."));
            }
        }

        return texts;
    }

    private TimeSpan? Seconds(string field, JsonElement value, TimeSpan min, TimeSpan max)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds >= min.TotalSeconds && seconds <= max.TotalSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        _problems.Add(new ErrorDetail(field, $"A whole number of seconds, {min.TotalSeconds} to {max.TotalSeconds}."));
        return null;
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="ApiException"><c>VALIDATION_FAILED</c> with all that was wrong.</exception>
    public void Done()
    {
        if (_problems.Count > 0)
        {
            throw new ApiException(ErrorCode.ValidationFailed, "The body has fields that are missing or wrong.") { Details = _problems };
        }
    }
}
