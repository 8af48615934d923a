namespace Millwright.Core.Outbound;

/// <summary>An address that this installation must not call. The message says nothing of where a name leads: a caller could map our network by it.</summary>
public sealed class AddressRefusedException() : Exception("The address is not a public one.");
