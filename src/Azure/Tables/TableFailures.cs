using Azure;
using Azure.Data.Tables.Models;

namespace Millwright.OnAzure.Tables;

/// <summary>What a refusal of the table service means.</summary>
internal static class TableFailures
{
    /// <summary>The table does not exist, or was dropped and is still being cleared away.</summary>
    internal static bool IsMissing(RequestFailedException failure) =>
        failure.ErrorCode == TableErrorCode.TableNotFound || failure.ErrorCode == TableErrorCode.TableBeingDeleted
        || (failure.Status == 404 && failure.ErrorCode == TableErrorCode.ResourceNotFound);

    /// <summary>A row that had to be free is taken, or a row that had to be there is changed or gone.</summary>
    internal static bool IsPrecondition(RequestFailedException failure) =>
        failure.ErrorCode == TableErrorCode.EntityAlreadyExists || failure.Status is 404 or 412;
}
