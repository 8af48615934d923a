using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Millwright.Sandbox.Records;

namespace Millwright.Sandbox.Http;

/// <summary>What a call answers: a status and JSON in pieces that are already serialized.</summary>
internal sealed record Answer(int Status, params IReadOnlyList<ReadOnlyMemory<byte>> Pieces)
{
    private static readonly byte[] Comma = [(byte)','];
    private static readonly byte[] ListStart = Encoding.UTF8.GetBytes("{\"items\":[");

    public static Answer NoContent { get; } = new(StatusCodes.Status204NoContent);

    public string? Location { get; init; }

    public static Answer Of(Record record) => new(StatusCodes.Status200OK, record.Json);

    public static Answer Created(Record record) => new(StatusCodes.Status201Created, record.Json)
    {
        Location = $"/v1/{record.Collection.Name}/{record.Id}",
    };

    public static Answer Of(JsonNode node, int status = StatusCodes.Status200OK) => new(status, Record.Serialize(node));

    /// <summary>A page of a list.</summary>
    /// <param name="items">The serialized elements.</param>
    /// <param name="tail">The members after <c>items</c>, as JSON text.</param>
    public static Answer List(IEnumerable<byte[]> items, string tail)
    {
        List<ReadOnlyMemory<byte>> pieces = [ListStart];
        foreach (var item in items)
        {
            if (pieces.Count > 1)
            {
                pieces.Add(Comma);
            }

            pieces.Add(item);
        }

        pieces.Add(Encoding.UTF8.GetBytes("]," + tail + "}"));
        return new Answer(StatusCodes.Status200OK, pieces);
    }

    public static Answer Page(IEnumerable<byte[]> items, int page, int pageSize, int total) =>
        List(items, string.Create(CultureInfo.InvariantCulture, $"\"page\":{page},\"page_size\":{pageSize},\"total\":{total}"));

    public async Task SendAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.Headers.Location = Location;
        if (Pieces.Count == 0)
        {
            return;
        }

        response.ContentType = "application/json";
        response.ContentLength = Pieces.Sum(piece => (long)piece.Length);
        foreach (var piece in Pieces)
        {
            response.BodyWriter.Write(piece.Span);
        }

        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }
}
