namespace Millwright.LocalHost.Invocation;

/// <summary>The value of one parameter for a call; of the parameter's type, and null only where that allows it.</summary>
internal delegate object? ParameterBinder(LocalFunctionContext context);
