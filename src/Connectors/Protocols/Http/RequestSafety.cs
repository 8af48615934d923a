namespace Millwright.Connectors.Protocols.Http;

/// <summary>What happens when the same request is sent twice.</summary>
internal enum RequestSafety
{
    /// <summary>Nothing: it only reads. Repeated after any failure that may pass.</summary>
    Read,

    /// <summary>It changes something. Repeated only where the source certainly did not take it: no connection, or a 429.</summary>
    Write,

    /// <summary>A failed try counts against the account (a login). Repeated only where no connection was made.</summary>
    Once,
}
