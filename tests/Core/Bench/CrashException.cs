namespace Millwright.Core.Tests.Bench;

/// <summary>Stands for the end of the process: nobody catches it.</summary>
internal sealed class CrashException() : Exception("The process ended here.");
