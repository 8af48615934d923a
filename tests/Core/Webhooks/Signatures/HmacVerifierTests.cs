using System.Text;
using Millwright.Core.Webhooks.Signatures;
using static Millwright.Core.Webhooks.Signatures.SignatureRejection;

namespace Millwright.Core.Tests.Webhooks.Signatures;

/// <summary>Every good webhook, and every way in which it could be a bad one.</summary>
public sealed class HmacVerifierTests
{
    public static TheoryData<string> Names => SignatureVectors.Names;

    public static TheoryData<string> TimedNames => SignatureVectors.TimedNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_right_signature_holds(string name)
    {
        Assert.True(Vector(name).Verify().IsValid);
        Assert.Null(Vector(name).Verify().Rejection);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_signature_that_is_missing_or_empty_is_rejected(string name)
    {
        Rejected(Missing, Vector(name).VerifyHeader());
        Rejected(Missing, Vector(name).VerifyHeader(""));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_header_that_comes_twice_is_rejected(string name) => Rejected(Malformed, Vector(name).VerifyHeader(Vector(name).Header, Vector(name).Header));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_signature_of_a_wrong_length_is_rejected(string name)
    {
        var vector = Last(Vector(name));
        Rejected(Malformed, vector.VerifyHeader(vector.Header[..^1]));
        Rejected(Malformed, vector.VerifyHeader(vector.Header[..^4]));
        Rejected(Malformed, vector.VerifyHeader(vector.Header + "0"));
        Rejected(Malformed, vector.VerifyHeader(vector.Header + "0000"));
        Rejected(Malformed, vector.VerifyHeader(vector.Header[..^24]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Other_characters_than_the_encodings_are_rejected(string name)
    {
        var vector = Last(Vector(name));
        foreach (var odd in (string[])["~", "g_", "é", "\0", "\ud800", "٣"])
        {
            Rejected(Malformed, vector.VerifyHeader(vector.Header[..^(odd.Length + 2)] + odd + vector.Header[^2..]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void White_space_is_no_part_of_a_signature(string name)
    {
        var vector = Last(Vector(name));
        foreach (var space in (string[])[" ", "\t", "\r\n"])
        {
            Rejected(Malformed, vector.VerifyHeader(vector.Header[..^5] + space + vector.Header[^5..]));
            Rejected(Malformed, vector.VerifyHeader(vector.Header[..^(5 + space.Length)] + space + vector.Header[^5..]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_signature_without_its_prefix_is_rejected(string name)
    {
        var vector = Vector(name);
        if (vector.Scheme.Prefix.Length > 0)
        {
            Rejected(Malformed, vector.VerifyHeader(vector.Header.Replace(vector.Scheme.Prefix, "", StringComparison.Ordinal)));
            Rejected(Malformed, vector.VerifyHeader(vector.Header.Replace(vector.Scheme.Prefix, "v2=", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_changed_character_of_a_signature_makes_it_wrong(string name)
    {
        var vector = Last(Vector(name));
        var start = vector.Scheme.Prefix.Length == 0 ? 0 : vector.Header.LastIndexOf(vector.Scheme.Prefix, StringComparison.Ordinal) + vector.Scheme.Prefix.Length;

        // The last character of base64 holds bits that mean nothing.
        var end = vector.Header.TrimEnd('=').Length - 1;
        for (var at = start; at < end; at++)
        {
            var other = vector.Header[at] == '0' ? '1' : '0';
            Rejected(Wrong, vector.VerifyHeader($"{vector.Header[..at]}{other}{vector.Header[(at + 1)..]}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_secret_makes_it_wrong(string name)
    {
        var vector = Vector(name);
        foreach (var secret in (string[])[Changed(vector.Secret), vector.Secret + "1111", "AAAA"])
        {
            Rejected(Wrong, SignatureVerifier.Verify(vector.Scheme, vector.Request, [secret], vector.Now));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_body_makes_it_wrong(string name)
    {
        var vector = Vector(name);
        var body = vector.Request.Body.ToArray();
        byte[][] others = [[], [.. body, (byte)' '], body[..^1], [.. body[..^1], (byte)(body[^1] ^ 1)], [0xEF, 0xBB, 0xBF, .. body], Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body))];
        foreach (var other in others)
        {
            Rejected(Wrong, vector.Verify(vector.Request with { Body = other }));
        }
    }

    [Fact]
    public void A_body_that_was_read_and_written_again_makes_it_wrong()
    {
        var vector = Vector("Frappe");
        var again = Encoding.UTF8.GetBytes(SignatureVectors.Body.Replace("2.50", "2.5", StringComparison.Ordinal));
        Rejected(Wrong, vector.Verify(vector.Request with { Body = again }));
    }

    [Fact]
    public void Another_address_makes_it_wrong_where_it_is_signed()
    {
        foreach (var name in (string[])["The address, then the body", "The body, then the address"])
        {
            var vector = Vector(name);
            Rejected(Wrong, vector.Verify(vector.Request with { Uri = new Uri(Requests.Address + "&z=2") }));
            Rejected(Wrong, vector.Verify(vector.Request with { Uri = new Uri(Requests.Address.Replace("%20", "+", StringComparison.Ordinal)) }));
        }

        Assert.True(Vector("Frappe").Verify(Vector("Frappe").Request with { Uri = new Uri("https://elsewhere.example") }).IsValid);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_of_several_secrets_will_do(string name)
    {
        var vector = Vector(name);
        var other = Changed(vector.Secret);
        Assert.True(SignatureVerifier.Verify(vector.Scheme, vector.Request, [other, vector.Secret], vector.Now).IsValid);
        Assert.True(SignatureVerifier.Verify(vector.Scheme, vector.Request, [vector.Secret, other], vector.Now).IsValid);
        Assert.True(SignatureVerifier.Verify(vector.Scheme, vector.Request, ["", "~", vector.Secret], vector.Now).IsValid);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_a_usable_secret_nothing_holds(string name)
    {
        var vector = Vector(name);
        Rejected(NoSecret, SignatureVerifier.Verify(vector.Scheme, vector.Request, [], vector.Now));
        Rejected(NoSecret, SignatureVerifier.Verify(vector.Scheme, vector.Request, [""], vector.Now));
        Rejected(NoSecret, SignatureVerifier.Verify(vector.Scheme, vector.Request, [vector.Scheme.SecretPrefix], vector.Now));
        if (vector.Scheme.SecretEncoding != SecretEncoding.Text)
        {
            Rejected(NoSecret, SignatureVerifier.Verify(vector.Scheme, vector.Request, ["no key!"], vector.Now));
        }
    }

    [Theory]
    [MemberData(nameof(TimedNames))]
    public void A_time_holds_up_to_the_tolerance_and_no_longer(string name)
    {
        var vector = Vector(name);
        Assert.True((vector with { Now = vector.Now.AddSeconds(300) }).Verify().IsValid);
        Assert.True((vector with { Now = vector.Now.AddSeconds(-300) }).Verify().IsValid);
        Rejected(Stale, (vector with { Now = vector.Now.AddSeconds(301) }).Verify());
        Rejected(Future, (vector with { Now = vector.Now.AddSeconds(-301) }).Verify());
        Rejected(Stale, (vector with { Scheme = vector.Scheme with { Tolerance = TimeSpan.FromMinutes(1) }, Now = vector.Now.AddSeconds(61) }).Verify());
    }

    [Theory]
    [MemberData(nameof(TimedNames))]
    public void A_wrong_signature_is_wrong_however_old(string name)
    {
        var vector = Vector(name);
        Rejected(Wrong, (vector with { Now = vector.Now.AddYears(1), Secret = "AAAA" }).Verify());
    }

    [Theory]
    [MemberData(nameof(TimedNames))]
    public void Another_time_makes_it_wrong(string name)
    {
        var vector = Vector(name);
        Rejected(Wrong, WithTime(vector, vector.Now.AddSeconds(1).ToUnixTimeSeconds().ToString()));
        Rejected(Wrong, WithTime(vector, "0" + vector.Now.ToUnixTimeSeconds()));
        Rejected(Wrong, WithTime(vector, "999999999999"));
        Rejected(Wrong, WithTime(vector, "0"));
    }

    [Theory]
    [MemberData(nameof(TimedNames))]
    public void A_time_that_is_none_is_rejected(string name)
    {
        foreach (var time in (string[])["now", "-1", "+1764000000", "1764000000.0", "1e9", "1764000000x", "0x1", "٣", "9999999999999", "99999999999999999999999999"])
        {
            Rejected(Malformed, WithTime(Vector(name), time));
        }
    }

    [Fact]
    public void A_time_or_id_that_is_missing_or_comes_twice_is_rejected()
    {
        var standard = Vector("Standard Webhooks");
        foreach (var header in (string[])["webhook-id", "webhook-timestamp"])
        {
            Rejected(Missing, standard.Verify(standard.Request.With(header)));
            Rejected(Missing, standard.Verify(standard.Request.With(header, "")));
            Rejected(Malformed, standard.Verify(standard.Request.With(header, "1614265330", "1614265330")));
        }

        var maintainX = Vector("MaintainX");
        Rejected(Missing, maintainX.VerifyHeader(maintainX.Header.Replace("t=1764000000,", "", StringComparison.Ordinal)));
        Rejected(Malformed, maintainX.VerifyHeader("t=1764000000," + maintainX.Header));
        Rejected(Malformed, maintainX.VerifyHeader(maintainX.Header.Replace("1764000000", "", StringComparison.Ordinal)));
        Rejected(Malformed, maintainX.VerifyHeader("t=1764000000"));
        Rejected(Malformed, maintainX.VerifyHeader(",,=,"));
    }

    [Fact]
    public void Another_id_makes_it_wrong_where_it_is_signed() =>
        Rejected(Wrong, Vector("Standard Webhooks").Verify(Vector("Standard Webhooks").Request.With("webhook-id", "msg_other")));

    [Fact]
    public void One_right_signature_among_wrong_and_broken_ones_holds()
    {
        var maintainX = Vector("MaintainX");
        var wrong = new string('0', 64);
        Assert.True(maintainX.VerifyHeader($"v1={wrong},v1=broken,{maintainX.Header},v1={wrong}").IsValid);
        Rejected(Wrong, maintainX.VerifyHeader($"t={SignatureVectors.Time},v1={wrong},v1=broken"));
    }

    [Fact]
    public void A_scheme_that_lacks_the_header_it_signs_rejects()
    {
        var vector = Vector("A time in a header");
        Rejected(Missing, (vector with { Scheme = vector.Scheme with { TimestampHeader = null } }).Verify());
    }

    [Fact]
    public void A_result_that_nobody_made_is_a_rejection() => Assert.False(default(SignatureResult).IsValid);

    private static SignatureVector Vector(string name) => SignatureVectors.All[name];

    // With several signatures, only the last one, which is the right one.
    private static SignatureVector Last(SignatureVector vector) => vector.Scheme.Separator == ' '
        ? vector with { Request = vector.Request.With(vector.Scheme.Header, vector.Header[(vector.Header.LastIndexOf(' ') + 1)..]) }
        : vector;

    private static string Changed(string secret) => secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A');

    private static SignatureResult WithTime(SignatureVector vector, string time) => vector.Scheme.TimestampHeader is { } header
        ? vector.Verify(vector.Request.With(header, time))
        : vector.VerifyHeader(vector.Header.Replace(SignatureVectors.Time, time, StringComparison.Ordinal));

    private static void Rejected(SignatureRejection cause, SignatureResult result)
    {
        Assert.False(result.IsValid);
        Assert.Equal(cause, result.Rejection);
    }
}
