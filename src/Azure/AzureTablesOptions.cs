namespace Millwright.OnAzure;

/// <summary>Where the tables are: exactly one of the two is given.</summary>
/// <param name="ConnectionString">A storage account's connection string; <c>UseDevelopmentStorage=true</c> is a local Azurite.</param>
/// <param name="ServiceUri">The table endpoint, such as <c>https://account.table.core.windows.net</c>, reached with the registered credential.</param>
public sealed record AzureTablesOptions(string? ConnectionString = null, Uri? ServiceUri = null);
