namespace Millwright.Core.Entities;

/// <summary>The names of operations. One on a sub-resource is <c>{sub-resource}.{list|create|update}</c>.</summary>
public static class OperationName
{
    /// <summary><c>GET /{entity}</c>.</summary>
    public const string List = "list";

    /// <summary><c>GET /{entity}/{key}</c>.</summary>
    public const string Get = "get";

    /// <summary><c>POST /{entity}</c>.</summary>
    public const string Create = "create";

    /// <summary><c>PUT /{entity}/{key}</c>.</summary>
    public const string Update = "update";

    /// <summary><c>DELETE /{entity}/{key}</c>.</summary>
    public const string Delete = "delete";

    /// <summary><c>PUT /{entity}/{key}/status</c>.</summary>
    public const string SetStatus = "set-status";

    /// <summary>An operation on a sub-resource, such as <c>materials.list</c>.</summary>
    public static string Of(string subResource, string operation) => $"{subResource}.{operation}";
}
