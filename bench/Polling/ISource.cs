namespace Millwright.Bench.Polling;

/// <summary>A system to be polled, and a way to change its vendors past Millwright.</summary>
internal interface ISource : IDisposable
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    /// <summary>Its name in the API.</summary>
    string Provider { get; }

    /// <summary>What connects it.</summary>
    Dictionary<string, string> Credentials { get; }

    /// <summary>Makes so many vendors.</summary>
    Task CreateVendorsAsync(int count);
}
