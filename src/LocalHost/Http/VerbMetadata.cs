namespace Millwright.LocalHost.Http;

/// <summary>The verbs of an endpoint; none for any.</summary>
internal sealed record VerbMetadata(IReadOnlyList<string> Verbs)
{
    public bool Takes(string verb)
    {
        for (var i = 0; i < Verbs.Count; i++)
        {
            if (string.Equals(Verbs[i], verb, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return Verbs.Count == 0;
    }
}
