using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Millwright.Functions.Http;
using Millwright.Functions.Startup;

var builder = FunctionsApplication.CreateBuilder(args);

// Before any middleware, or GetHttpContext() is null in it.
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<RequestMiddleware>();
builder.Services.AddMillwright(builder.Configuration, builder.Environment);
await builder.Build().RunAsync();
