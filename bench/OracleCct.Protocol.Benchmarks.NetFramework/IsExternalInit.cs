namespace System.Runtime.CompilerServices;

/// <summary>What the compiler looks for by name, for records.</summary>
internal static class IsExternalInit;
