using System.Collections.Generic;
using System.Reflection;
using Xunit.Sdk;

namespace OracleCct.Samples.Tests.Running;

/// <summary>Runs a test on .NET.</summary>
internal sealed class OnNetAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Framework.Net]];
}

/// <summary>Runs a test on .NET Framework, or skips it with the reason.</summary>
internal sealed class OnNetFrameworkAttribute : DataAttribute
{
    public OnNetFrameworkAttribute() =>
        Skip = SamplePrograms.HasNetFramework ? null : "The samples' net472 builds require .NET Framework (Windows) or Mono.";

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Framework.NetFramework]];
}
