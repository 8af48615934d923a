using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Millwright.Core.Telemetry;

namespace Millwright.Core.Tests.Webhooks.Bench;

/// <summary>What the test's own calls measure. The meter is shared by all tests, and a measurement is taken where it is made.</summary>
internal sealed class Metrics : IDisposable
{
    private static readonly AsyncLocal<Metrics?> Current = new();

    private readonly string _area;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, string? Tag, double Value)> _measured = new();

    /// <summary>Begins to measure.</summary>
    /// <param name="area">What the instruments are about, the second part of their names.</param>
    public Metrics(string area = "webhooks")
    {
        _area = area;
        Current.Value = this;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == MillwrightTelemetry.Meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The values of an instrument of the area, each with its only tag's value before it.</summary>
    public IReadOnlyList<(string? Tag, double Value)> Of(string instrument) =>
        [.. _measured.Where(m => m.Instrument == $"millwright.{_area}.{instrument}").Select(m => (m.Tag, m.Value))];

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Current.Value == this)
        {
            _measured.Enqueue((instrument.Name, tags.Length == 0 ? null : (string?)tags[0].Value, value));
        }
    }
}
