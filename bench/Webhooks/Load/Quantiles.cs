namespace Millwright.Bench.Webhooks.Load;

/// <summary>Values in order.</summary>
internal sealed class Quantiles(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public int Count => _sorted.Length;

    /// <summary>The value that this share of them does not exceed; 0 where there are none.</summary>
    public double At(double share) => Count == 0 ? 0 : _sorted[(int)Math.Ceiling(share * (Count - 1))];

    public static double Median(IEnumerable<double> values) => new Quantiles(values).Middle();

    private double Middle() => Count == 0 ? 0 : (_sorted[(Count - 1) / 2] + _sorted[Count / 2]) / 2;
}
