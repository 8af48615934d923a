using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Millwright.LocalHost.Hosting;

/// <summary>
/// Writes a log entry as one line: time, level, category, message, exception, and the request that it belongs to, so that one search for
/// a request's id finds all that was logged about it.
/// </summary>
internal sealed class LineFormatter(TimeProvider? time = null) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    private const string RequestId = "RequestId";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write((time ?? TimeProvider.System).GetUtcNow().ToString("HH:mm:ss.fff "));
        textWriter.Write(Word(logEntry.LogLevel));
        textWriter.Write(": ");
        textWriter.Write(logEntry.Category);
        textWriter.Write(' ');
        textWriter.Write(OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(' ');
            textWriter.Write(OneLine(exception.ToString()));
        }

        if (RequestOf(scopeProvider) is { } id)
        {
            textWriter.Write(" request=");
            textWriter.Write(id);
        }

        textWriter.WriteLine();
    }

    // The innermost scope that names a request: the app's own id rather than the server's.
    private static object? RequestOf(IExternalScopeProvider? scopes)
    {
        object? id = null;
        scopes?.ForEachScope(
            (scope, _) =>
            {
                if (scope is IEnumerable<KeyValuePair<string, object>> values)
                {
                    id = values.FirstOrDefault(v => v.Key == RequestId).Value ?? id;
                }
            },
            0);
        return id;
    }

    // A line may hold what a caller sent, and no control character of a caller's may reach a terminal.
    private static string OneLine(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Any(char.IsControl) ? string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c)) : line;
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
