namespace Millwright.Core.Webhooks.Signatures;

/// <summary>Whether a signature holds. The default value is a rejection.</summary>
public readonly record struct SignatureResult
{
    private readonly SignatureRejection _rejection;

    private SignatureResult(bool isValid, SignatureRejection rejection)
    {
        IsValid = isValid;
        _rejection = rejection;
    }

    /// <summary>It holds.</summary>
    public static SignatureResult Valid => new(isValid: true, default);

    /// <summary>Whether it holds.</summary>
    public bool IsValid { get; }

    /// <summary>Why not, for metrics only; null where it holds.</summary>
    public SignatureRejection? Rejection => IsValid ? null : _rejection;

    /// <summary>It does not hold.</summary>
    public static SignatureResult Rejected(SignatureRejection cause) => new(isValid: false, cause);
}
