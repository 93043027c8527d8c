using System;
using System.IO;
using System.Linq;
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

    private const string Language =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>FRAMEWORK</TargetFramework>
            <AssemblyName>Consumer</AssemblyName>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            PROPERTY
          </PropertyGroup>
          <ItemGroup>
            <Compile Include="Program.fs" Condition="'$(MSBuildProjectExtension)' == '.fsproj'" />
            <PackageReference Include="OracleCct.Protocol" Version="VERSION" />
            <PackageReference Include="OracleCct.Protocol.Testing" Version="VERSION" />
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
        return await RunNetFrameworkAsync(directory);
    }

    /// <summary>Builds the program of one language.</summary>
    /// <param name="directory">Where to build it.</param>
    /// <param name="version">The version of the packages.</param>
    /// <param name="language">The folder of Languages that holds the program.</param>
    /// <param name="framework">The target framework.</param>
    /// <param name="property">What else the project says.</param>
    public static Task BuildLanguageAsync(string directory, string version, string language, string framework, string property)
    {
        string source = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Languages", language), "Program.*").Single();
        string project = Language.Replace("FRAMEWORK", framework, StringComparison.Ordinal).Replace("PROPERTY", property, StringComparison.Ordinal);
        string extension = Path.GetExtension(source);
        File.WriteAllText(Path.Combine(directory, $"Consumer{extension}proj"), project.Replace("VERSION", version, StringComparison.Ordinal));
        File.Copy(source, Path.Combine(directory, Path.GetFileName(source)));
        return ChildProcess.DotnetAsync(directory, "build", "-o", "out");
    }

    /// <summary>Compiles a program in Visual Basic for .NET Framework again, with Visual Basic's runtime in the program.</summary>
    /// <param name="directory">Where <see cref="BuildLanguageAsync"/> has built it.</param>
    public static async Task EmbedVisualBasicAsync(string directory)
    {
        string output = Path.Combine(directory, "out");

        // The compiler embeds the runtime with -vbruntime*, which MSBuild does not pass.
        string compiler = await ChildProcess.DotnetAsync(directory, "msbuild", "-getProperty:RoslynTargetsPath");
        string framework = Path.Combine(
            Directory.GetDirectories(Path.Combine(Machine.PackagesFolder, "microsoft.netframework.referenceassemblies.net472")).Max()!,
            "build", ".NETFramework", "v4.7.2");
        string[] references =
        [
            .. ((string[])["mscorlib", "System", "System.Core"]).Select(name => Path.Combine(framework, $"{name}.dll")),
            .. Directory.GetFiles(Path.Combine(framework, "Facades"), "*.dll"),
            .. Directory.GetFiles(output, "*.dll"),
        ];
        await ChildProcess.DotnetAsync(
            directory,
            [
                Path.Combine(compiler.Trim(), "bincore", "vbc.dll"), "-noconfig", "-nostdlib", $"-sdkpath:{framework}", "-vbruntime*", "-optionstrict+",
                "-optioninfer+", "-warnaserror+", $"-out:{Path.Combine(output, "Consumer.exe")}", .. references.Select(path => $"-reference:{path}"),
                Path.Combine(directory, "Program.vb"),
            ]);
    }

    /// <summary>Runs a program that was built for .NET Framework.</summary>
    /// <returns>What the program wrote.</returns>
    public static Task<string> RunNetFrameworkAsync(string directory)
    {
        string program = Path.Combine(directory, "out", "Consumer.exe");
        return OperatingSystem.IsWindows()
            ? ChildProcess.RunAsync(directory, program)
            : ChildProcess.RunAsync(directory, "mono", program);
    }

    private static void Write(string directory, string project, string version, string program = "Consumer")
    {
        _ = Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "Consumer.csproj"), project.Replace("VERSION", version, StringComparison.Ordinal));
        File.Copy(Path.Combine(AppContext.BaseDirectory, program, "Program.cs"), Path.Combine(directory, "Program.cs"));
    }
}
