namespace Millwright.Sandbox.Http;

/// <summary>Marks endpoints that faults do not touch and counters do not count.</summary>
internal sealed class Ungated
{
    public static Ungated Instance { get; } = new();
}
