using System;
using System.Globalization;

namespace OracleCct.Stress;

/// <summary>Reads options of the form <c>--name number</c>.</summary>
internal static class CommandLine
{
    public static double Number(string[] args, string name, double otherwise)
    {
        int index = Array.IndexOf(args, name);
        return index < 0 ? otherwise : double.Parse(args[index + 1], CultureInfo.InvariantCulture);
    }
}
