using Millwright.Core.Webhooks.Signatures;

namespace Millwright.Core.Tests.Webhooks.Signatures;

public sealed class SignedContentTests
{
    [Fact]
    public void A_content_knows_its_parts()
    {
        var content = SignedContent.Parse("{id}.{timestamp}.{body}");

        Assert.True(content.Contains(SignedPart.Id));
        Assert.False(content.Contains(SignedPart.Uri));
        Assert.Equal("{id}.{timestamp}.{body}", content.ToString());
    }

    [Theory]
    [InlineData("", "about {body}")]
    [InlineData("{uri}", "about {body}")]
    [InlineData("body", "about {body}")]
    [InlineData("{Body}", "'{Body}' is none of")]
    [InlineData("{body}{", "'{' is none of")]
    [InlineData("{body}{path}", "'{path}' is none of")]
    [InlineData("{body", "'{body' is none of")]
    public void What_makes_no_sense_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => SignedContent.Parse(text)).Message, StringComparison.Ordinal);
}
