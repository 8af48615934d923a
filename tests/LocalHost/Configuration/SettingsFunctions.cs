using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Millwright.LocalHost.Tests.Configuration;

public sealed class SettingsFunctions(IConfiguration configuration, IHostEnvironment environment)
{
    [Function("setting")]
    public IResult Setting([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "setting/{name}")] HttpRequest request, string name) =>
        Results.Text(configuration[name] ?? "none");

    [Function("environment")]
    public IResult EnvironmentName([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        Results.Text(environment.EnvironmentName);
}
