using System.Collections.Generic;
using System.Reflection;
using Xunit.Sdk;

namespace OracleCct.Samples.Tests.Running;

/// <summary>Runs a test on .NET.</summary>
internal sealed class OnNetAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Framework.Net]];
}

/// <summary>Runs a test on .NET Framework, or says that there is none.</summary>
internal sealed class OnNetFrameworkAttribute : DataAttribute
{
    public OnNetFrameworkAttribute() =>
        Skip = SamplePrograms.HasNetFramework ? null : "The samples' net472 builds run where .NET Framework (Windows) or Mono is installed.";

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Framework.NetFramework]];
}
