using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Millwright.Sandbox.OAuth;
using Millwright.Sandbox.Records;
using Millwright.Sandbox.Schema;

namespace Millwright.Sandbox.Http;

/// <summary>The routes, derived from the catalog.</summary>
internal static class Api
{
    public static void Map(IEndpointRouteBuilder routes, IssuedTokens tokens)
    {
        TokenHandlers.Map(routes, tokens);
        SwitchHandlers.Map(routes);
        WebhookHandlers.Map(routes);
        routes.MapMethods("/v1/me", [HttpMethods.Get], context => Me(Tenant.Of(context)).SendAsync(context.Response));
        foreach (var collection in Catalog.Collections)
        {
            Map(routes, collection);
        }

        Write(routes, HttpMethods.Put, "/v1/stock-levels/{id}", StockHandlers.SetLevel);
        Write(routes, HttpMethods.Put, "/v1/items/{id}/stock", StockHandlers.SetItem);
    }

    private static void Map(IEndpointRouteBuilder routes, Collection collection)
    {
        var handlers = new RecordHandlers(collection);
        var all = "/v1/" + collection.Name;
        var one = all + "/{id}";
        Read(routes, all, handlers.List);
        Read(routes, one, handlers.Get);
        foreach (var (verb, method, path, handle) in new (Verbs, string, string, Func<Call, Answer>)[]
        {
            (Verbs.Create, HttpMethods.Post, all, handlers.Create),
            (Verbs.Update, HttpMethods.Patch, one, handlers.Update),
            (Verbs.Delete, HttpMethods.Delete, one, handlers.Delete),
        })
        {
            if (collection.Verbs.HasFlag(verb))
            {
                Write(routes, method, path, handle);
            }
        }

        if (collection.States is not null)
        {
            Write(routes, HttpMethods.Post, one + "/transitions", handlers.Transition);
        }

        foreach (var list in collection.SubLists)
        {
            var elements = new SubListHandlers(collection, list);
            Read(routes, $"{one}/{list.Route}", elements.List);
            if (list.Writable)
            {
                Write(routes, HttpMethods.Post, $"{one}/{list.Route}", elements.Add);
                Write(routes, HttpMethods.Put, $"{one}/{list.Route}/{{element}}", elements.Update);
            }
        }
    }

    private static void Read(IEndpointRouteBuilder routes, string path, Func<Call, Answer> handle) =>
        routes.MapMethods(path, [HttpMethods.Get], context =>
            handle(new Call(Tenant.Of(context).Company, context.Request, [])).SendAsync(context.Response));

    private static void Write(IEndpointRouteBuilder routes, string method, string path, Func<Call, Answer> handle) =>
        routes.MapMethods(path, [method], async context =>
        {
            var tenant = Tenant.Of(context);
            if (tenant.ReadOnly)
            {
                throw new RefusalException(403, "read_only", "This key may only read.");
            }

            var body = method == HttpMethods.Delete ? [] : await RequestBody.ReadAsync(context.Request);
            Answer answer;
            lock (tenant.Company.Gate)
            {
                answer = handle(new Call(tenant.Company, context.Request, body));
            }

            if (await tenant.Faults.AfterWriteAsync(context.RequestAborted))
            {
                await answer.SendAsync(context.Response);
            }
            else
            {
                context.Abort();
            }
        });

    private static Answer Me(Tenant tenant)
    {
        var company = tenant.Company.Rows(Catalog.Get("companies"))[0];
        var user = tenant.Company.Find("users", Company.UserId)!;
        return Answer.Of(new JsonObject
        {
            ["company"] = new JsonObject { ["id"] = company.Id, ["name"] = (string?)company["name"] },
            ["user"] = new JsonObject { ["id"] = user.Id, ["name"] = (string?)user["name"], ["email"] = (string?)user["email"] },
            ["access"] = tenant.ReadOnly ? "read_only" : "full",
        });
    }
}
