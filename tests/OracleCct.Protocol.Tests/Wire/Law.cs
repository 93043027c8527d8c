using System;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace OracleCct.Protocol.Tests.Wire;

/// <summary>Runs properties in facts.</summary>
internal static class Law
{
    /// <summary>The test collection of all laws, so that one runs after the other: FsCheck's first steps on two threads at once have failed on Mono.</summary>
    public const string Collection = "Laws";

#if NET
    private const int OneCaseIn = 1;
#else
    /// <summary>
    /// Mono takes five times as long for a case. This leg tests what differs between the platforms, and a third of the cases shows that too.
    /// </summary>
    private const int OneCaseIn = 3;
#endif

    /// <param name="cases">The cases.</param>
    /// <param name="label">Returns the text on the wire. Messages hide their contents, so a failure would show nothing without it.</param>
    /// <param name="check">Throws when the law does not hold.</param>
    /// <param name="tests">The number of cases, on net10.0.</param>
    public static void Holds<T>(Arbitrary<T> cases, Func<T, string> label, Action<T> check, int tests = 300) =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(tests / OneCaseIn).WithQuietOnSuccess(true),
            Prop.ForAll(cases, one =>
            {
                Action law = () => check(one);
                return law.Label(HostileText.Show(label(one)));
            }));

    /// <summary>Runs code with another culture. Only this thread has it, so that tests can run in parallel.</summary>
    public static T InCulture<T>(string name, Func<T> run)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo uiCulture = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);
            return run();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = uiCulture;
        }
    }
}
