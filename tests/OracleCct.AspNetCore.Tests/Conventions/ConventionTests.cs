using System.IO;
using System.Reflection;
using OracleCct.Protocol;
using OracleCct.Protocol.Tests.Conventions;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.AspNetCore.Tests.Conventions;

public class ConventionTests
{
    private const string Folder = "tests/OracleCct.AspNetCore.Tests/Conventions/";

    private static readonly Assembly Library = typeof(OracleCctEndpointRouteBuilderExtensions).Assembly;

    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        string approved = File.ReadAllText(Repository.PathOf(Folder + "PublicSurface.approved.txt"));
        string received = PublicSurface.Describe(Library);
        if (approved != received)
        {
            File.WriteAllText(Repository.PathOf(Folder + "PublicSurface.received.txt"), received);
        }

        Assert.Equal(approved, received);
    }

    [Fact]
    public void One_using_is_enough() => Assert.All(Library.GetExportedTypes(), type => Assert.Equal("OracleCct.Protocol", type.Namespace));
}
