using Millwright.Connectors.Mapping;
using Millwright.Connectors.Protocols.Tryton.Settings;
using Millwright.Core.Errors;

namespace Millwright.Connectors.Protocols.Tryton;

/// <summary>Moves a record through its workflow by pressing buttons, reading the state back after each: Tryton ignores a button that does not apply.</summary>
internal sealed class TrytonStatus(TrytonStore store, EntityPlan entity)
{
    private readonly FieldPlan _field = entity.Records.TryGetField(entity.Definition.Status!.Field, out var field)
        ? field
        : throw new InvalidOperationException($"{entity.Name} has a status field that is not mapped.");

    /// <summary>Moves the record to a status by the shortest way; nothing is pressed where it has that status already.</summary>
    /// <param name="id">The record.</param>
    /// <param name="status">A status of the entity, by its unified key.</param>
    /// <param name="buttons">The workflow.</param>
    /// <param name="cancellationToken">Gives up between two presses.</param>
    /// <exception cref="ApiException"><c>STATUS_NOT_REACHABLE</c>: names the status that the record keeps.</exception>
    public async Task MoveAsync(long id, string status, IReadOnlyList<TrytonButton> buttons, CancellationToken cancellationToken)
    {
        var target = FilterValues.Of(_field, status)![0].GetValue<string>();
        var state = await StateAsync(id, cancellationToken);

        // A workflow has no way longer than its buttons; more presses would mean that it goes round in circles.
        for (var presses = 0; state != target; presses++)
        {
            if (presses == buttons.Count || Next(buttons, state, target) is not { } button)
            {
                throw NotReachable(state);
            }

            await store.PressAsync(entity.Definition.Resource, button.Name, id, entity.Definition.Tryton?.Context, cancellationToken);
            var before = state;
            state = await StateAsync(id, cancellationToken);
            if (state == before || !button.To.Contains(state))
            {
                throw NotReachable(state);
            }

            if (button.To.Contains(target))
            {
                return;
            }
        }
    }

    /// <summary>Presses a button where its states allow it.</summary>
    /// <exception cref="ApiException"><c>CONFLICT</c>: the record is in a state that the button neither works in nor leads to.</exception>
    public async Task LeaveAsync(long id, TrytonButton button, CancellationToken cancellationToken)
    {
        var state = await StateAsync(id, cancellationToken);
        if (button.From.Contains(state))
        {
            await store.PressAsync(entity.Definition.Resource, button.Name, id, entity.Definition.Tryton?.Context, cancellationToken);
            state = await StateAsync(id, cancellationToken);
        }

        if (!button.To.Contains(state))
        {
            throw new ApiException(ErrorCode.Conflict, "The record's present status does not allow this.") { Details = [Present(state)] };
        }
    }

    // Breadth first from the present state; the first button of the shortest way.
    private static TrytonButton? Next(IReadOnlyList<TrytonButton> buttons, string state, string target)
    {
        var ways = new Queue<(string State, TrytonButton? First)>([(state, null)]);
        var seen = new HashSet<string>(StringComparer.Ordinal) { state };
        while (ways.TryDequeue(out var way))
        {
            foreach (var button in buttons.Where(b => b.From.Contains(way.State)))
            {
                var first = way.First ?? button;
                if (button.To.Contains(target))
                {
                    return first;
                }

                foreach (var next in button.To.Where(seen.Add))
                {
                    ways.Enqueue((next, first));
                }
            }
        }

        return null;
    }

    private async Task<string> StateAsync(long id, CancellationToken cancellationToken)
    {
        var record = await store.FindAsync(entity.Definition.Resource, id, [_field.Path!], entity.Definition.Tryton?.Context, cancellationToken, entity.Definition.Tryton?.Domain);
        return (record ?? throw TrytonStore.NotFound())[_field.Path!]?.GetValue<string>() ?? "";
    }

    private ApiException NotReachable(string state) =>
        new(ErrorCode.StatusNotReachable, "Tryton has no way from the record's present status to this one.") { Details = [Present(state)] };

    private ErrorDetail Present(string state)
    {
        var key = _field.Definition.Map?.FirstOrDefault(m => m.Value.All.Any(v => v.GetValue<string>() == state)).Key ?? state;
        return new ErrorDetail(_field.Name, $"is '{key}'");
    }
}
