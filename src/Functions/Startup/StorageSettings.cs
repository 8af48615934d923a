using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Millwright.Functions.Startup;

/// <summary>Which adapter stands behind each storage port. A port runs on Azure when its address is set, and on the embedded store otherwise.</summary>
internal sealed class StorageSettings(IConfiguration configuration, IHostEnvironment environment)
{
    private const string DefaultPath = ".millwright/millwright.db";

    /// <summary>Setting <c>Tables__ConnectionString</c>, such as <c>UseDevelopmentStorage=true</c>.</summary>
    public string? TablesConnectionString => configuration["Tables:ConnectionString"];

    /// <summary>Setting <c>Tables__ServiceUri</c>; reached with the managed identity.</summary>
    public Uri? TablesServiceUri => Address("Tables:ServiceUri");

    /// <summary>Setting <c>Blobs__ConnectionString</c>.</summary>
    public string? BlobsConnectionString => configuration["Blobs:ConnectionString"];

    /// <summary>Setting <c>Blobs__ServiceUri</c>; reached with the managed identity.</summary>
    public Uri? BlobsServiceUri => Address("Blobs:ServiceUri");

    /// <summary>Setting <c>Vault__Uri</c>; reached with the managed identity.</summary>
    public Uri? VaultUri => Address("Vault:Uri");

    /// <summary>Setting <c>ServiceBus__fullyQualifiedNamespace</c>, the name that the Service Bus trigger uses too.</summary>
    public string? ServiceBusNamespace => configuration["ServiceBus:fullyQualifiedNamespace"];

    /// <summary>Setting <c>ServiceBus__clientId</c>: the user-assigned identity, or null for the default credential chain.</summary>
    public string? ManagedIdentityClientId => configuration["ServiceBus:clientId"];

    /// <summary>Whether tables are on Azure.</summary>
    public bool AzureTables => TablesConnectionString is not null || TablesServiceUri is not null;

    /// <summary>Whether blobs are on Azure.</summary>
    public bool AzureBlobs => BlobsConnectionString is not null || BlobsServiceUri is not null;

    /// <summary>Whether any port is on the embedded store.</summary>
    public bool Embedded => !AzureTables || !AzureBlobs || VaultUri is null || ServiceBusNamespace is null;

    /// <summary>Setting <c>EmbeddedStorage__Path</c>: the embedded store's file.</summary>
    /// <remarks>
    /// It has a default only in the Development environment, so that an app in Azure with a forgotten address stops at its start instead
    /// of keeping its data on a disk that goes with the instance.
    /// </remarks>
    public string EmbeddedPath => configuration["EmbeddedStorage:Path"] is { Length: > 0 } path
        ? path
        : environment.IsDevelopment()
            ? DefaultPath
            : throw new InvalidOperationException(
                "Set Tables__ServiceUri, Blobs__ServiceUri, Vault__Uri and ServiceBus__fullyQualifiedNamespace, or EmbeddedStorage__Path to keep data in a local file.");

    private Uri? Address(string setting) => configuration[setting] switch
    {
        null or "" => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var uri) => uri,
        var text => throw new InvalidOperationException($"Setting {setting.Replace(":", "__")} is not an address: '{text}'."),
    };
}
