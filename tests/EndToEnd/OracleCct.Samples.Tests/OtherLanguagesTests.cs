using System;
using System.IO;
using System.Threading.Tasks;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests;

/// <summary>Tests ConsoleSoftphone with clients that share no code with this library.</summary>
public class OtherLanguagesTests
{
    [JavaTheory, OnNet, OnNetFramework]
    public Task Java_with_HttpURLConnection_and_URLEncoder(Framework framework) => ConverseAsync(framework, "java", "EbsClient.java");

    [PythonTheory, OnNet, OnNetFramework]
    public Task Python_with_urllib(Framework framework) => ConverseAsync(framework, "python3", "ebs_client.py");

    private static async Task ConverseAsync(Framework framework, string interpreter, string program)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework, "--answer-after", "20", "--talk-for", "20");
        string path = Path.Combine(AppContext.BaseDirectory, "Clients", program);
        await using ChildProcess client = ChildProcess.Start(interpreter, path, softphone.Url.AbsoluteUri);

        int exitCode = await client.ExitAsync();

        Assert.Equal("", client.Errors);
        Assert.Equal("Every message was as expected.", client.Output);
        Assert.Equal(0, exitCode);
    }
}
