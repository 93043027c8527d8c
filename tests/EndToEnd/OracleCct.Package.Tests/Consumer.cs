using System;
using System.IO;
using System.Threading.Tasks;

namespace OracleCct.Package.Tests;

/// <summary>A program that uses the package (Consumer/Program.cs), built and run as its author would.</summary>
internal static class Consumer
{
    private const string Net10 =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="OracleCct.Protocol" Version="VERSION" />
            <PackageReference Include="OracleCct.Protocol.Testing" Version="VERSION" />
          </ItemGroup>
        </Project>
        """;

    private const string NetFramework =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net472</TargetFramework>
            <LangVersion>11</LangVersion>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="OracleCct.Protocol" Version="VERSION" />
            <PackageReference Include="OracleCct.Protocol.Testing" Version="VERSION" />
          </ItemGroup>
        </Project>
        """;

    private const string Web =
        """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="OracleCct.Protocol.AspNetCore" Version="VERSION" />
          </ItemGroup>
        </Project>
        """;

    /// <returns>What the program wrote.</returns>
    public static async Task<string> RunOnNet10Async(string directory, string version)
    {
        Write(directory, Net10, version);
        await ChildProcess.DotnetAsync(directory, "build", "-o", "out");
        return await ChildProcess.DotnetAsync(directory, "out/Consumer.dll");
    }

    /// <returns>What the program wrote.</returns>
    public static Task<string> RunOnNet10TrimmedAsync(string directory, string version)
    {
        Write(directory, Net10, version);
        return RunTrimmedAsync(directory);
    }

    /// <returns>What the web application (WebConsumer/Program.cs) wrote, its logs included.</returns>
    public static Task<string> RunWebTrimmedAsync(string directory, string version)
    {
        Write(directory, Web, version, "WebConsumer");
        return RunTrimmedAsync(directory);
    }

    private static async Task<string> RunTrimmedAsync(string directory)
    {
        await ChildProcess.DotnetAsync(directory, "publish", "-o", "out", "--use-current-runtime", "-p:PublishTrimmed=true", "-p:TreatWarningsAsErrors=true");
        return await ChildProcess.RunAsync(directory, Path.Combine(directory, "out", "Consumer"));
    }

    /// <returns>What the program wrote.</returns>
    public static async Task<string> RunOnNetFrameworkAsync(string directory, string version)
    {
        Write(directory, NetFramework, version);
        await ChildProcess.DotnetAsync(directory, "build", "-o", "out");
        string program = Path.Combine(directory, "out", "Consumer.exe");
        return OperatingSystem.IsWindows()
            ? await ChildProcess.RunAsync(directory, program)
            : await ChildProcess.RunAsync(directory, "mono", program);
    }

    private static void Write(string directory, string project, string version, string program = "Consumer")
    {
        _ = Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "Consumer.csproj"), project.Replace("VERSION", version, StringComparison.Ordinal));
        File.Copy(Path.Combine(AppContext.BaseDirectory, program, "Program.cs"), Path.Combine(directory, "Program.cs"));
    }
}
