using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Millwright.Core.Entities;

namespace Millwright.Functions.Entities;

/// <summary>The entity API. The same few routes serve every entity of the unified model on every connected system.</summary>
internal sealed class EntityFunctions(EntityEndpoint endpoint)
{
    private const string Collection = "api/{area}/{entity}";
    private const string Record = Collection + "/{key}";
    private const string SubCollection = Record + "/{sub}";
    private const string SubRecord = SubCollection + "/{subKey}";

    /// <summary>Lists records.</summary>
    [Function("ListRecords")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Collection)] HttpRequest request, string area, string entity, CancellationToken cancellationToken) =>
        endpoint.ReadAsync(request, new EntityPath(area, entity, OperationName.List), cancellationToken);

    /// <summary>Creates a record.</summary>
    [Function("CreateRecord")]
    public Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Collection)] HttpRequest request, string area, string entity, CancellationToken cancellationToken) =>
        endpoint.WriteAsync(request, new EntityPath(area, entity, OperationName.Create), cancellationToken);

    /// <summary>Gets one record, or a list over all records' sub-collections where the model has one of this name.</summary>
    [Function("GetRecord")]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Record)] HttpRequest request, string area, string entity, string key, CancellationToken cancellationToken) =>
        endpoint.ReadAsync(request, endpoint.RecordOrCollection(area, entity, key), cancellationToken);

    /// <summary>Changes the given fields of a record.</summary>
    [Function("UpdateRecord")]
    public Task<IResult> Update(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Record)] HttpRequest request, string area, string entity, string key, CancellationToken cancellationToken) =>
        endpoint.WriteAsync(request, new EntityPath(area, entity, OperationName.Update) { Key = key }, cancellationToken);

    /// <summary>Deletes a record, or cancels it where the system knows no deletion.</summary>
    [Function("DeleteRecord")]
    public Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Record)] HttpRequest request, string area, string entity, string key, CancellationToken cancellationToken) =>
        endpoint.WriteAsync(request, new EntityPath(area, entity, OperationName.Delete) { Key = key }, cancellationToken);

    /// <summary>Moves a record to another status.</summary>
    [Function("SetRecordStatus")]
    public Task<IResult> SetStatus(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Record + "/status")] HttpRequest request, string area, string entity, string key, CancellationToken cancellationToken) =>
        endpoint.WriteAsync(request, new EntityPath(area, entity, OperationName.SetStatus) { Key = key }, cancellationToken);

    /// <summary>Lists the statuses that an entity's records can have.</summary>
    [Function("ListStatuses")]
    public Task<IResult> ListStatuses(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/{area}/statuses/{entity}")] HttpRequest request, string area, string entity, CancellationToken cancellationToken) =>
        endpoint.ReadAsync(request, new EntityPath(area, entity, OperationName.Statuses), cancellationToken);

    /// <summary>Lists a record's sub-collection, such as a work order's materials.</summary>
    [Function("ListSubRecords")]
    public Task<IResult> ListSub(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = SubCollection)] HttpRequest request, string area, string entity, string key, string sub, CancellationToken cancellationToken) =>
        endpoint.ReadAsync(request, new EntityPath(area, entity, OperationName.Of(sub, OperationName.List)) { Key = key }, cancellationToken);

    /// <summary>Adds to a record's sub-collection.</summary>
    [Function("CreateSubRecord")]
    public Task<IResult> CreateSub(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SubCollection)] HttpRequest request, string area, string entity, string key, string sub, CancellationToken cancellationToken) =>
        endpoint.WriteAsync(request, new EntityPath(area, entity, OperationName.Of(sub, OperationName.Create)) { Key = key }, cancellationToken);

    /// <summary>Changes what a record has one of, such as a material's inventory.</summary>
    [Function("UpdateSub")]
    public Task<IResult> UpdateSub(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = SubCollection)] HttpRequest request, string area, string entity, string key, string sub, CancellationToken cancellationToken) =>
        endpoint.WriteAsync(request, new EntityPath(area, entity, OperationName.Of(sub, OperationName.Update)) { Key = key }, cancellationToken);

    /// <summary>Changes a record of a sub-collection.</summary>
    [Function("UpdateSubRecord")]
    public Task<IResult> UpdateSubRecord(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = SubRecord)] HttpRequest request, string area, string entity, string key, string sub, string subKey, CancellationToken cancellationToken) =>
        endpoint.WriteAsync(request, new EntityPath(area, entity, OperationName.Of(sub, OperationName.Update)) { Key = key, SubKey = subKey }, cancellationToken);
}
