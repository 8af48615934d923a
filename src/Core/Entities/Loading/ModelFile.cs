namespace Millwright.Core.Entities.Loading;

/// <summary>One YAML file of a model.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Text">Opens its text.</param>
internal sealed record ModelFile(string Name, Func<TextReader> Text);
