namespace System.Runtime.CompilerServices;

/// <summary>The compiler needs this type, which it finds by name, for records.</summary>
internal static class IsExternalInit;
