using System;
using System.Reflection;

namespace OracleCct.Protocol.Tests.Support;

/// <summary>What cannot be seen from outside, and must go all the same when it is no longer needed.</summary>
internal static class Inside
{
    public static object ValueOf(this object owner, string field) => owner.GetType().GetField(field, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(owner)!;

    /// <summary>How many things deadlines watch, and in how many places.</summary>
    public static (int Count, int Places) WatchedBy(object deadlines) => ((int)deadlines.ValueOf("_count"), ((Array)deadlines.ValueOf("_ring")).Length);
}
