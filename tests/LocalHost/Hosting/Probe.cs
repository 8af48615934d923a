using System.Threading.Channels;

namespace Millwright.LocalHost.Tests.Hosting;

/// <summary>How functions and tests signal each other.</summary>
public sealed class Probe
{
    private readonly Channel<object> _seen = Channel.CreateUnbounded<object>();
    private readonly Channel<bool> _gate = Channel.CreateUnbounded<bool>();

    /// <summary>Called by a function: tells the test.</summary>
    public void Tell(object what) => Assert.True(_seen.Writer.TryWrite(what));

    /// <summary>Called by a function: waits until the test lets it go.</summary>
    public async Task PassGateAsync(CancellationToken cancellationToken) => await _gate.Reader.ReadAsync(cancellationToken);

    /// <summary>Lets one function go.</summary>
    public void OpenGate() => Assert.True(_gate.Writer.TryWrite(true));

    /// <summary>The next thing told.</summary>
    public async Task<object> NextAsync() => await _seen.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>The next thing told, of this type.</summary>
    public async Task<T> NextAsync<T>() => Assert.IsType<T>(await NextAsync());

    /// <summary>Whether nothing was told that has not been read.</summary>
    public bool IsQuiet => _seen.Reader.Count == 0;
}
