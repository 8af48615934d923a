#:sdk Microsoft.NET.Sdk.Web

// Listens on http://localhost:7080 and prints what is sent there: an endpoint for Millwright's events to try things out with.
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://localhost:7080");
var app = builder.Build();
app.MapPost("/", async (HttpRequest request) =>
{
    using var reader = new StreamReader(request.Body);
    Console.WriteLine($"{request.Headers["webhook-id"]} {await reader.ReadToEndAsync()}");
    return Results.Ok();
});
Console.WriteLine("Listening on http://localhost:7080");
await app.RunAsync();
