using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Millwright.Sandbox;

/// <summary>How to run a <see cref="SandboxServer"/>.</summary>
public sealed record SandboxOptions
{
    /// <summary>The loopback port, 0 to 65535; 0, the default, takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The SQLite file that keeps the companies, created where missing; null, the default, keeps them in memory.</summary>
    public string? DataPath { get; init; }

    /// <summary>Gives timestamps and measures delays, pauses and timeouts.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Makes the ids of webhooks, and tokens.</summary>
    public RandomNumberGenerator Random { get; init; } = RandomNumberGenerator.Create();

    /// <summary>
    /// Starts the draws of which webhooks a fault happens to, for each company alike; null, the default, draws anew each time.
    /// </summary>
    public int? FaultSeed { get; init; }

    /// <summary>Takes failures that were not expected; nothing else is logged.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
