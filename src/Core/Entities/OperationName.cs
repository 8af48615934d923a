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

    /// <summary><c>GET /statuses/{entity}</c>.</summary>
    public const string Statuses = "statuses";

    /// <summary>Whether it answers with a list: on records, a sub-resource or a collection.</summary>
    public static bool IsList(string operation) => Ends(operation, List);

    /// <summary>Whether it makes a new record each time it is done.</summary>
    public static bool IsCreate(string operation) => Ends(operation, Create);

    /// <summary>Whether it changes anything.</summary>
    public static bool IsWrite(string operation) => !IsList(operation) && operation is not (Get or Statuses);

    /// <summary>An operation on a sub-resource, such as <c>materials.list</c>.</summary>
    public static string Of(string subResource, string operation) => $"{subResource}.{operation}";

    private static bool Ends(string operation, string name) => operation == name || operation.EndsWith($".{name}", StringComparison.Ordinal);
}
