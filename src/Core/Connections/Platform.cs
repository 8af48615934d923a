namespace Millwright.Core.Connections;

/// <summary>A kind of system that can be connected.</summary>
/// <param name="Provider">Its name in the API, such as <c>tryton</c>.</param>
/// <param name="Name">Its name for a person.</param>
/// <param name="Areas">Which of <c>eam</c>, <c>erp</c>, <c>wms</c> it serves.</param>
/// <param name="Credentials">What a customer has to give.</param>
/// <param name="Guide">Markdown that tells a non-technical person where to find each credential.</param>
/// <param name="Entities">What it can do, by entity.</param>
public sealed record Platform(
    string Provider,
    string Name,
    IReadOnlyList<string> Areas,
    IReadOnlyList<CredentialField> Credentials,
    string Guide,
    IReadOnlyDictionary<string, EntityCapability> Entities);
