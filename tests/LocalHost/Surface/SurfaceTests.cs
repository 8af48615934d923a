using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;

namespace Millwright.LocalHost.Tests.Surface;

/// <summary>
/// What LocalHost shows is a part of what the worker's own packages show, so that an app that builds against it builds against them.
/// <c>PublicSurface.txt</c> is that part; its header says where it comes from. What is not in it cannot be shown unnoticed.
/// </summary>
public sealed class SurfaceTests
{
    [Fact]
    public void Every_public_type_and_member_is_one_of_the_workers()
    {
        using var reader = new StreamReader(typeof(SurfaceTests).Assembly.GetManifestResourceStream($"{typeof(SurfaceTests).Assembly.GetName().Name}.Surface.PublicSurface.txt")!);
        var allowed = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line[0] != '#').ToHashSet(StringComparer.Ordinal);
        var shown = typeof(FunctionAttribute).Assembly.GetExportedTypes().SelectMany(Describe).ToHashSet(StringComparer.Ordinal);
        Assert.Equal("", string.Join('\n', shown.Except(allowed).Order(StringComparer.Ordinal)));
        Assert.Equal("", string.Join('\n', allowed.Except(shown).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Defaults_are_the_workers()
    {
        Assert.Equal(AuthorizationLevel.Function, new HttpTriggerAttribute().AuthLevel);
        Assert.Equal(AuthorizationLevel.Anonymous, new HttpTriggerAttribute("get").AuthLevel);
        Assert.Equal("get", Assert.Single(new HttpTriggerAttribute("get").Methods!));
        Assert.Null(new HttpTriggerAttribute(AuthorizationLevel.Admin).Methods);
        Assert.Null(new HttpTriggerAttribute().Route);
        Assert.True(new TimerTriggerAttribute("x").UseMonitor);
        Assert.False(new TimerTriggerAttribute("x").RunOnStartup);
        Assert.False(new ServiceBusTriggerAttribute("q").IsSessionsEnabled);
        Assert.False(new ServiceBusTriggerAttribute("q").IsBatched);
        Assert.Null(new ServiceBusTriggerAttribute("t", "s").QueueName);
        Assert.Equal((0, 1, 2, 3, 4), (
            (int)AuthorizationLevel.Anonymous,
            (int)AuthorizationLevel.User,
            (int)AuthorizationLevel.Function,
            (int)AuthorizationLevel.System,
            (int)AuthorizationLevel.Admin));
    }

    [Fact]
    public void Retry_intervals_are_checked_when_the_attribute_is_made()
    {
        Assert.Throws<FormatException>(() => new FixedDelayRetryAttribute(1, "soon"));
        Assert.ThrowsAny<ArgumentException>(() => new FixedDelayRetryAttribute(1, "-00:00:01"));
        Assert.ThrowsAny<ArgumentException>(() => new ExponentialBackoffRetryAttribute(1, "00:00:10", "00:00:05"));
        var retry = new ExponentialBackoffRetryAttribute(5, "00:00:10", "00:00:30");
        Assert.Equal([10, 20, 30, 30], Enumerable.Range(0, 4).Select(n => retry.DelayBefore(n).TotalSeconds));
        Assert.Equal(30, retry.DelayBefore(int.MaxValue).TotalSeconds);
    }

    private static IEnumerable<string> Describe(Type type)
    {
        // Nobody names a class of extension methods; their namespace is what a using directive names.
        var isExtensions = type is { IsAbstract: true, IsSealed: true } && type.IsDefined(typeof(ExtensionAttribute));
        var name = isExtensions ? $"{type.Namespace} (extensions)" : type.FullName;
        yield return name!;
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var member in type.GetMembers(Declared).Where(m => IsShown(type, m)))
        {
            yield return $"{name} :: {(member is MethodBase method ? Signature(method) : member.ToString())}{Accessors(member)}";
        }
    }

    private static bool IsShown(Type type, MemberInfo member) => member switch
    {
        MethodBase { IsSpecialName: true, IsConstructor: false } => false,
        ConstructorInfo when type.IsAbstract || typeof(Delegate).IsAssignableFrom(type) => false,
        MethodBase method => (method.IsPublic || method.IsFamily) && (type.BaseType != typeof(MulticastDelegate) || method.Name == "Invoke"),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(a => a.IsPublic || a.IsFamily),
        FieldInfo field => field.IsPublic && !field.IsSpecialName,
        _ => false,
    };

    private static string Signature(MethodBase method) => (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + method;

    private static string Accessors(MemberInfo member) =>
        member is PropertyInfo property ? $" {{{(property.GetMethod?.IsPublic == true ? " get;" : "")}{(property.SetMethod?.IsPublic == true ? " set;" : "")} }}" : "";
}
