using Millwright.Connectors.Definitions;
using Millwright.Connectors.Protocols.OAuth;
using Millwright.Core.Entities.Queries;
using YamlDotNet.Serialization;

namespace Millwright.Connectors.Protocols.Rest.Settings;

/// <summary>How a system's REST API works in general. Entities and operations may differ from it.</summary>
public sealed record RestSettings
{
    /// <summary>The credential that holds the system's address.</summary>
    public string Address { get; init; } = "url";

    /// <summary>What comes after the address in every path, such as <c>v1</c>.</summary>
    public string Path { get; init; } = "";

    /// <summary>Headers of every request; <c>{name}</c> stands for a credential: <c>{X-Api-Key: '{apiKey}'}</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where access tokens are issued; null where the system has none.</summary>
    [YamlMember(Alias = "oauth", ApplyNamingConventions = false)]
    public OAuthSettings? OAuth { get; init; }

    /// <summary>The path that proves the credentials by a GET.</summary>
    public required string Prove { get; init; }

    /// <summary>How each operation is asked for where the entity does not say, such as <c>{get: GET {resource}/{key}}</c>.</summary>
    public IReadOnlyDictionary<string, string> Operations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where a list's answer has what.</summary>
    public RestListSettings List { get; init; } = new();

    /// <summary>How lists are paged.</summary>
    public RestPagingSettings Paging { get; init; } = new();

    /// <summary>How filters are written; null where lists take none.</summary>
    public RestFilterSettings? Filters { get; init; }

    /// <summary>How sorts are written; null where lists take none.</summary>
    public RestSortSettings? Sort { get; init; }

    /// <summary>What an error's body says.</summary>
    public RestErrorSettings Errors { get; init; } = new();

    internal RestPagingSettings PagingOf(EntityDefinition entity) => entity.Rest?.Paging ?? Paging;

    internal bool Has(FilterOperator op, EntityDefinition entity) => Filters?.Operators.ContainsKey(op) == true && entity.Rest?.Filters?.Contains(op) != false;

    internal RestSortSettings? SortOf(EntityDefinition entity) => entity.Rest?.Sortable == false ? null : Sort;

    internal string? RequestOf(EntityDefinition entity, string operation) =>
        entity.Operations.ByName.GetValueOrDefault(operation)?.Rest?.Request ?? Operations.GetValueOrDefault(operation);
}
