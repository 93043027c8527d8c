using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace OracleCct.Protocol.Tests.Conventions;

/// <summary>What the approved surface must show, so that no change of it goes unseen. Both platforms have to find the same text.</summary>
public class PublicSurfaceTests
{
    [Fact]
    public void Default_values_are_shown() => Assert.Equal(
        """
        static class Defaults
            static void Enums(SampleWord word = SampleWord.Second, SampleWord? maybe = null, SampleFlags both = SampleFlags.One | SampleFlags.Four)
            static void Numbers(int number = -1, long large = 5000000000, double part = 0.5, bool flag = true, char letter = 'x', int? maybe = 3)
            static void References(string text = "a \"b\"", string? maybe = null, object? thing = null)
            static void Structs(TimeSpan? maybe = null, CancellationToken token = default)

        """,
        Described(typeof(Defaults)));

    [Fact]
    public void Constants_and_the_numbers_of_enums_are_shown() => Assert.Equal(
        """
        static class Constants
            const int Length = 40
            const string Name = "occtANI"
            static readonly string[] Names
            const SampleWord Word = SampleWord.Second
        [Flags] enum SampleFlags
            None = 0
            One = 1
            Four = 4
        enum SampleWord
            First = 0
            Second = 7

        """,
        Described(typeof(Constants), typeof(SampleFlags), typeof(SampleWord)));

    [Fact]
    public void How_a_parameter_is_passed_is_shown() => Assert.Equal(
        """
        static class Passing
            static void By(ref int number, in long large)
            static int Extended(this string text)
            static void Many(string first, params object?[] others)
            static bool Out(string text, [NotNullWhen(true)] out string? found)

        """,
        Described(typeof(Passing)));

    [Fact]
    public void Constraints_and_variance_are_shown() => Assert.Equal(
        """
        sealed class Constrained<T> where T : class, IDisposable, new()
            new()
            void Method<TAny, TKey, TMaybe, TValue, TEnum>(TAny any) where TKey : notnull where TMaybe : class? where TValue : struct where TEnum : struct, Enum
        interface ISample<in TIn, out TOut> where TIn : class
            TOut Next(TIn previous)

        """,
        Described(typeof(ISample<,>), typeof(Constrained<>)));

    [Fact]
    public void What_may_be_null_is_shown_inside_generics_and_arrays() => Assert.Equal(
        """
        sealed class Nullables
            new(IEnumerable<string?>? names, string?[] array, string[]? maybe)
            Func<string?, int?, KeyValuePair<string, object?>, Task<string?>>? Function { get; }
            event EventHandler<string?>? Happened
            string? Item[string? key] { get; }
            Dictionary<string, List<string?>?> Map { get; }
            KeyValuePair<string?, string>? Pair { get; }

        """,
        Described(typeof(Nullables)));

    [Fact]
    public void What_changes_use_is_shown() => Assert.Equal(
        """
        abstract class Used
            [SetsRequiredMembers] new(string name)
            new()
            abstract void Abstract()
            required string Name { get; init; }
            [Obsolete("Use Name.")] string? OldName { get; set; }
            override string ToString()
            protected virtual void Virtual()
        readonly struct Used.Inner
            int Number { get; }

        """,
        Described(typeof(Used), typeof(Used.Inner)));

    [Fact]
    public void What_the_compiler_adds_to_a_record_is_not_shown() => Assert.Equal(
        """
        sealed record SampleRecord : IEquatable<SampleRecord>
            new()
            IReadOnlyList<string?>? Names { get; init; }

        """,
        Described(typeof(SampleRecord)));

    private static string Described(params Type[] types) => PublicSurface.Describe(types);
}

#pragma warning disable CA1822, CA1050, CS0067, CA1070 // samples, to be described

internal enum SampleWord
{
    First,
    Second = 7,
}

[Flags]
internal enum SampleFlags
{
    None = 0,
    One = 1,
    Four = 4,
}

internal interface ISample<in TIn, out TOut>
    where TIn : class
{
    TOut Next(TIn previous);
}

internal static class Defaults
{
    public static void Enums(SampleWord word = SampleWord.Second, SampleWord? maybe = null, SampleFlags both = SampleFlags.One | SampleFlags.Four)
    {
    }

    public static void Numbers(int number = -1, long large = 5_000_000_000, double part = 0.5, bool flag = true, char letter = 'x', int? maybe = 3)
    {
    }

    public static void References(string text = "a \"b\"", string? maybe = null, object? thing = null)
    {
    }

    public static void Structs(TimeSpan? maybe = null, CancellationToken token = default)
    {
    }
}

internal static class Constants
{
    public const SampleWord Word = SampleWord.Second;
    public const int Length = 40;
    public const string Name = "occtANI";
    public static readonly string[] Names = [];
}

internal static class Passing
{
    public static bool Out(string text, [NotNullWhen(true)] out string? found)
    {
        found = text;
        return true;
    }

    public static int Extended(this string text) => text.Length;

    public static void By(ref int number, in long large) => number += (int)large;

    public static void Many(string first, params object?[] others)
    {
    }
}

internal sealed class Constrained<T>
    where T : class, IDisposable, new()
{
    public void Method<TAny, TKey, TMaybe, TValue, TEnum>(TAny any)
        where TKey : notnull
        where TMaybe : class?
        where TValue : struct
        where TEnum : struct, Enum
    {
    }
}

internal sealed class Nullables
{
    public Nullables(IEnumerable<string?>? names, string?[] array, string[]? maybe)
    {
    }

    public event EventHandler<string?>? Happened;

    public Dictionary<string, List<string?>?> Map { get; } = [];

    public Func<string?, int?, KeyValuePair<string, object?>, Task<string?>>? Function { get; }

    public KeyValuePair<string?, string>? Pair { get; }

    public string? this[string? key] => key;
}

internal abstract class Used
{
    public Used()
    {
    }

    [SetsRequiredMembers]
    public Used(string name) => Name = name;

    public required string Name { get; init; }

    [Obsolete("Use Name.")]
    public string? OldName { get; set; }

    public abstract void Abstract();

    public override string ToString() => Name;

    internal void Hidden()
    {
    }

    protected virtual void Virtual()
    {
    }

    public readonly struct Inner
    {
        public int Number { get; }
    }
}

internal sealed record SampleRecord
{
    public IReadOnlyList<string?>? Names { get; init; }
}
