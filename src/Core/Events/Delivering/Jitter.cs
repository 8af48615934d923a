namespace Millwright.Core.Events.Delivering;

/// <summary>A number from 0 up to 1, to spread what would otherwise happen at the same moment. A parameter, so that a test can choose it.</summary>
public delegate double Jitter();
