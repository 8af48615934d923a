namespace Millwright.LocalHost.Hosting;

/// <summary>Collects everything that keeps an app from starting, so that it is told at once.</summary>
internal sealed class StartupErrors
{
    private readonly List<string> _errors = [];

    public void Add(string error) => _errors.Add(error);

    public void Add(string function, string error) => _errors.Add($"Function '{function}': {error}");

    /// <exception cref="InvalidOperationException">There are errors; the message lists them all.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            throw new InvalidOperationException(
                $"The function app cannot start:{Environment.NewLine}{string.Join(Environment.NewLine, _errors.Select(e => "  * " + e))}");
        }
    }
}
