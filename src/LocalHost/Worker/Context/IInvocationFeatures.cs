namespace Microsoft.Azure.Functions.Worker;

/// <summary>Features of a call, one of each type.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    /// <summary>Sets the feature of this type.</summary>
    void Set<T>(T instance);

    /// <summary>The feature of this type, or the type's default value.</summary>
    T? Get<T>();
}
