using System.Buffers;
using System.Text;
using System.Text.Json;
using Millwright.Connectors.Mapping;
using Millwright.Connectors.Mapping.Codecs;
using Millwright.Core.Entities;

namespace Millwright.Connectors.Tests.Mapping;

/// <summary>Each codec's table, both ways.</summary>
public sealed class CodecTests
{
    [Theory]
    [InlineData("text", FieldType.String, "\"a b\"", "\"a b\"")]
    [InlineData("text", FieldType.String, "\"\"", "\"\"")]
    [InlineData("text", FieldType.String, "\"caf\\u00e9 \\\"x\\\"\"", "\"caf\\u00e9 \\\"x\\\"\"")]
    [InlineData("text", FieldType.String, "12.50", "\"12.50\"")]
    [InlineData("text", FieldType.String, "true", "\"true\"")]
    [InlineData("text-key", FieldType.Key, "42", "\"42\"")]
    [InlineData("text-key", FieldType.Key, "42.0", "\"42\"")]
    [InlineData("text-key", FieldType.Key, "1e3", "\"1000\"")]
    [InlineData("integer-key", FieldType.Key, "\"A-1\"", "\"A-1\"")]
    [InlineData("number", FieldType.Integer, "7", "7")]
    [InlineData("number", FieldType.Integer, "-7.00", "-7")]
    [InlineData("number", FieldType.Integer, "\"12\"", "12")]
    [InlineData("number", FieldType.Integer, "\"\"", "null")]
    [InlineData("number", FieldType.Number, "0.10", "0.10")]
    [InlineData("number", FieldType.Number, "1E-3", "0.001")]
    [InlineData("number", FieldType.Decimal, "0.1", "\"0.1\"")]
    [InlineData("number", FieldType.Decimal, "12345678901234567890.123456789", "\"12345678901234567890.123456789\"")]
    [InlineData("number", FieldType.Decimal, "1.50e2", "\"150\"")]
    [InlineData("number", FieldType.Decimal, "1.505e2", "\"150.5\"")]
    [InlineData("number", FieldType.Decimal, "-12e-4", "\"-0.0012\"")]
    [InlineData("number", FieldType.Decimal, "0e5", "\"0\"")]
    [InlineData("number", FieldType.Decimal, "0.00e1", "\"0.0\"")]
    [InlineData("decimal-text", FieldType.Decimal, "\"4.2000\"", "\"4.2000\"")]
    [InlineData("decimal-text", FieldType.Decimal, "\"+007.50\"", "\"7.50\"")]
    [InlineData("decimal-text", FieldType.Decimal, "\".5\"", "\"0.5\"")]
    [InlineData("decimal-text", FieldType.Decimal, "\"5.\"", "\"5\"")]
    [InlineData("decimal-text", FieldType.Decimal, "\"\\u0034.2\"", "\"4.2\"")]
    [InlineData("boolean", FieldType.Boolean, "true", "true")]
    [InlineData("boolean", FieldType.Boolean, "0", "false")]
    [InlineData("boolean", FieldType.Boolean, "\"false\"", "false")]
    [InlineData("boolean", FieldType.Boolean, "\"\"", "null")]
    [InlineData("date", FieldType.Date, "\"2026-11-23\"", "\"2026-11-23\"")]
    [InlineData("date", FieldType.Date, "\"2026-11-23T23:30:00-05:00\"", "\"2026-11-23\"")]
    [InlineData("date", FieldType.Date, "\"\"", "null")]
    [InlineData("date", FieldType.DateTime, "\"2026-11-23\"", "\"2026-11-23T00:00:00Z\"")]
    [InlineData("datetime", FieldType.DateTime, "\"2026-11-23T11:12:22Z\"", "\"2026-11-23T11:12:22Z\"")]
    [InlineData("datetime", FieldType.DateTime, "\"2026-11-23T11:12:22.012193+01:30\"", "\"2026-11-23T09:42:22.012193Z\"")]
    [InlineData("datetime", FieldType.DateTime, "\"2026-11-23 11:12\"", "\"2026-11-23T11:12:00Z\"")]
    [InlineData("datetime", FieldType.DateTime, "\"2026-12-31T23:59:59.5-0100\"", "\"2027-01-01T00:59:59.5Z\"")]
    [InlineData("datetime", FieldType.DateTime, "\"2026-11-23T11:12:22.0123456789Z\"", "\"2026-11-23T11:12:22.012345678Z\"")]
    [InlineData("epoch-seconds", FieldType.DateTime, "1795432350", "\"2026-11-23T11:12:30Z\"")]
    [InlineData("epoch-seconds", FieldType.DateTime, "\"1795432350.675952\"", "\"2026-11-23T11:12:30.675952Z\"")]
    [InlineData("epoch-seconds", FieldType.DateTime, "-1.5", "\"1969-12-31T23:59:58.5Z\"")]
    [InlineData("epoch-seconds", FieldType.DateTime, "1.795432350E9", "\"2026-11-23T11:12:30Z\"")]
    [InlineData("epoch-seconds", FieldType.Date, "1795432350", "\"2026-11-23\"")]
    [InlineData("epoch-millis", FieldType.DateTime, "1795432350675", "\"2026-11-23T11:12:30.675Z\"")]
    [InlineData("epoch-millis", FieldType.DateTime, "1795432350000", "\"2026-11-23T11:12:30Z\"")]
    [InlineData("json", FieldType.Any, "{\"a\": [1, null]}", "{\"a\": [1, null]}")]
    public void A_source_value_becomes_a_unified_one(string name, FieldType type, string source, string unified) =>
        Assert.Equal(unified, Read(name, type, source));

    [Theory]
    [InlineData("text", FieldType.String, "{}")]
    [InlineData("text", FieldType.String, "[1]")]
    [InlineData("text-key", FieldType.Key, "1.5")]
    [InlineData("text-key", FieldType.Key, "true")]
    [InlineData("number", FieldType.Integer, "1.5")]
    [InlineData("number", FieldType.Integer, "\"many\"")]
    [InlineData("number", FieldType.Number, "true")]
    [InlineData("number", FieldType.Decimal, "\"1,5\"")]
    [InlineData("number", FieldType.Decimal, "\"-\"")]
    [InlineData("number", FieldType.Decimal, "\".\"")]
    [InlineData("number", FieldType.Decimal, "\"1e\"")]
    [InlineData("number", FieldType.Decimal, "\"1e+-2\"")]
    [InlineData("number", FieldType.Decimal, "1e999999999")]
    [InlineData("number", FieldType.Decimal, "\"NaN\"")]
    [InlineData("boolean", FieldType.Boolean, "\"maybe\"")]
    [InlineData("boolean", FieldType.Boolean, "2")]
    [InlineData("date", FieldType.Date, "\"2026-02-30\"")]
    [InlineData("date", FieldType.Date, "\"23.11.2026\"")]
    [InlineData("date", FieldType.Date, "20261123")]
    [InlineData("datetime", FieldType.DateTime, "\"2026-11-23T24:00:00Z\"")]
    [InlineData("datetime", FieldType.DateTime, "\"2026-11-23T11:12:22.Z\"")]
    [InlineData("datetime", FieldType.DateTime, "\"2026-11-23T11:12:22+1\"")]
    [InlineData("datetime", FieldType.DateTime, "\"0001-01-01T00:00:00+01:00\"")]
    [InlineData("epoch-seconds", FieldType.DateTime, "1e30")]
    [InlineData("epoch-seconds", FieldType.DateTime, "\"soon\"")]
    [InlineData("epoch-millis", FieldType.DateTime, "{}")]
    public void A_source_value_that_is_none_of_the_kind_is_refused(string name, FieldType type, string source) =>
        Assert.Null(Read(name, type, source));

    [Theory]
    [InlineData("text", FieldType.String, "\"a\"", "\"a\"")]
    [InlineData("text-key", FieldType.Key, "\"42\"", "\"42\"")]
    [InlineData("integer-key", FieldType.Key, "\"42\"", "42")]
    [InlineData("number", FieldType.Integer, "7", "7")]
    [InlineData("number", FieldType.Number, "0.10", "0.10")]
    [InlineData("number", FieldType.Decimal, "\"12345678901234567890.1230\"", "12345678901234567890.1230")]
    [InlineData("number", FieldType.Decimal, "0.1", "0.1")]
    [InlineData("decimal-text", FieldType.Decimal, "4.20", "\"4.20\"")]
    [InlineData("decimal-text", FieldType.Integer, "4", "\"4\"")]
    [InlineData("boolean", FieldType.Boolean, "false", "false")]
    [InlineData("date", FieldType.Date, "\"2026-11-23\"", "\"2026-11-23\"")]
    [InlineData("date", FieldType.DateTime, "\"2026-11-23T11:12:22Z\"", "\"2026-11-23\"")]
    [InlineData("datetime", FieldType.Date, "\"2026-11-23\"", "\"2026-11-23T00:00:00Z\"")]
    [InlineData("datetime", FieldType.DateTime, "\"2026-11-23T11:12:22.5+01:00\"", "\"2026-11-23T10:12:22.5Z\"")]
    [InlineData("epoch-seconds", FieldType.DateTime, "\"2026-11-23T11:12:30Z\"", "1795432350")]
    [InlineData("epoch-seconds", FieldType.DateTime, "\"1969-12-31T23:59:58.5Z\"", "-1.5")]
    [InlineData("epoch-millis", FieldType.DateTime, "\"2026-11-23T11:12:30.675Z\"", "1795432350675")]
    [InlineData("json", FieldType.Any, "{\"a\":[1,null]}", "{\"a\":[1,null]}")]
    public void A_unified_value_becomes_a_source_one(string name, FieldType type, string unified, string source) =>
        Assert.Equal(source, Write(name, type, unified));

    [Theory]
    [InlineData("integer-key", FieldType.Key, "\"A-1\"")]
    [InlineData("text", FieldType.String, "\"\\ud800\"")]
    [InlineData("text", FieldType.String, "{}")]
    [InlineData("number", FieldType.Integer, "1.5")]
    [InlineData("number", FieldType.Decimal, "\"much\"")]
    [InlineData("boolean", FieldType.Boolean, "\"yes\"")]
    [InlineData("date", FieldType.Date, "\"tomorrow\"")]
    [InlineData("epoch-seconds", FieldType.DateTime, "\"2026-13-01\"")]
    public void A_unified_value_that_is_none_of_the_kind_is_refused(string name, FieldType type, string unified) =>
        Assert.Null(Write(name, type, unified));

    [Fact]
    public void A_free_object_takes_no_other_value() => Assert.Null(Read(JsonCodec.AnyObject, "[1]"));

    [Fact]
    public void A_codec_is_named_only_for_the_types_that_it_can_hold() => Assert.Null(ValueDialect.Json.ForName("epoch-seconds", FieldType.Decimal));

    private static string? Read(string name, FieldType type, string source) => Read(ValueDialect.Json.ForName(name, type)!, source);

    private static string? Read(Codec codec, string source)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var output = new JsonOutput(buffer);
        var raw = Encoding.UTF8.GetBytes(source);
        var reader = new Utf8JsonReader(raw);
        reader.Read();
        var read = codec.TryRead(new SourceToken(reader.TokenType, raw, reader.ValueIsEscaped), ref output);
        output.Flush();
        return read ? Encoding.UTF8.GetString(buffer.WrittenSpan) : null;
    }

    private static string? Write(string name, FieldType type, string unified)
    {
        using var document = JsonDocument.Parse(unified);
        return ValueDialect.Json.ForName(name, type)!.TryWrite(document.RootElement, out var source) ? source.ToJsonString() : null;
    }
}
