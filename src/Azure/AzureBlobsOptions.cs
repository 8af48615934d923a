namespace Millwright.OnAzure;

/// <summary>Where the blobs are: exactly one of connection string and service URI is given.</summary>
/// <param name="ConnectionString">A storage account's connection string; <c>UseDevelopmentStorage=true</c> is a local Azurite.</param>
/// <param name="ServiceUri">The blob endpoint, such as <c>https://account.blob.core.windows.net</c>, reached with the registered credential.</param>
/// <param name="Container">The container that holds them all; it is made with the first blob. 3 to 63 lower-case letters, digits and single dashes.</param>
public sealed record AzureBlobsOptions(string? ConnectionString = null, Uri? ServiceUri = null, string Container = "millwright");
