using System.Reflection;
using Millwright.Connectors.Definitions.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;
using YamlDotNet.Serialization.NodeDeserializers;

namespace Millwright.Connectors.Definitions;

/// <summary>Reads connector definitions. Strict: an unknown, missing or repeated property is an error with its file and line.</summary>
public static class DefinitionLoader
{
    private static readonly IDeserializer Deserializer = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithEnumNamingConvention(HyphenatedNamingConvention.Instance)
        .WithNodeTypeResolver(new ReadOnlyCollections())
        .WithTypeConverter(new OperationSetConverter())
        .WithTypeConverter(new SourceValuesConverter())
        .WithTypeConverter(new JsonNodeConverter())
        .WithNodeDeserializer(new ScalarFormDeserializer(), s => s.OnTop())
        .WithNodeDeserializer(inner => new RecordDeserializer(inner), s => s.InsteadOf<ObjectNodeDeserializer>())
        .WithDuplicateKeyChecking()
        .WithEnforceRequiredMembers()
        .WithEnforceNullability()
        .Build();

    /// <summary>All connectors in this assembly, in the order of their names.</summary>
    /// <exception cref="DefinitionException">A file is wrong.</exception>
    public static IReadOnlyList<ConnectorDefinition> LoadAll()
    {
        var assembly = typeof(DefinitionLoader).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(n => n.EndsWith("/connector.yaml", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(n => Load(n, Resource(assembly, n)!) with { Guide = Resource(assembly, n.Replace("connector.yaml", "guide.md", StringComparison.Ordinal)) ?? "" }),
        ];
    }

    /// <summary>Reads one definition.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="yaml">What is in it.</param>
    /// <exception cref="DefinitionException">It is wrong.</exception>
    public static ConnectorDefinition Load(string file, string yaml)
    {
        var definition = Read(file, yaml);
        var problems = DefinitionChecks.Check(definition);
        return problems.Count == 0 ? definition with { File = file } : throw new DefinitionException(file, problems);
    }

    private static ConnectorDefinition Read(string file, string yaml)
    {
        try
        {
            return Deserializer.Deserialize<ConnectorDefinition>(yaml) ?? throw new DefinitionException(file, [new DefinitionProblem(1, "The file is empty.")]);
        }
        catch (YamlException e)
        {
            var cause = e;
            while (cause.InnerException is YamlException inner)
            {
                cause = inner;
            }

            var message = cause.InnerException is { } reason ? $"The value has the wrong form: {reason.Message}" : cause.Message;
            throw new DefinitionException(file, [new DefinitionProblem((int)cause.Start.Line, message)], e);
        }
    }

    private static string? Resource(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource);
        return stream is null ? null : new StreamReader(stream).ReadToEnd();
    }
}
