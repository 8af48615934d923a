using System.Text.Json;
using Xunit;

namespace Millwright.Testing.App;

/// <summary>What Millwright answered.</summary>
public sealed record ApiAnswer(int Status, JsonElement Json, string Text, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The error's code; fails on an answer that is no error.</summary>
    public string Code => Json.GetProperty("error").GetProperty("code").GetString()!;

    /// <summary>The record or list.</summary>
    public JsonElement Data => Json.GetProperty("data");

    /// <summary>The body, once the status is the one expected.</summary>
    public JsonElement Expect(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Text}");
        return Json;
    }

    /// <summary>Checks that this is the structured error with this status and code, found again under its request id.</summary>
    public JsonElement ExpectError(int status, string code)
    {
        var error = Expect(status).GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal(Headers["X-Request-Id"], error.GetProperty("requestId").GetString());
        return error;
    }

    /// <summary>The fields that the error's details name.</summary>
    public IEnumerable<string> ErrorFields => Json.GetProperty("error").GetProperty("details").EnumerateArray().Select(d => d.GetProperty("field").GetString()!);
}
