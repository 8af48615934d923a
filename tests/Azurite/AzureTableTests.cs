using Millwright.Core.Storage;
using Millwright.Testing.Storage;

namespace Millwright.OnAzurite;

public sealed class AzureTableTests(AzuriteFixture azurite) : TableConformance
{
    protected override ITableStore Store => azurite.Tables;

    protected override bool NamesIgnoreCase => false;
}
