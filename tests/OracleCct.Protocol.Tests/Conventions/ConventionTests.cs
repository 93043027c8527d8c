using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Conventions;

public class ConventionTests
{
    private static readonly Assembly Library = typeof(Callout).Assembly;

    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        string approved = File.ReadAllText(Repository.PathOf("tests/OracleCct.Protocol.Tests/Conventions/PublicSurface.approved.txt"));
        string received = PublicSurface.Describe(Library);
        if (approved != received)
        {
            File.WriteAllText(Repository.PathOf("tests/OracleCct.Protocol.Tests/Conventions/PublicSurface.received.txt"), received);
        }

        // One file for both targets: what differs between them would be a trap. A change is approved by copying received over approved.
        Assert.Equal(approved, received);
    }

    [Fact]
    public void There_is_one_namespace() => Assert.All(Library.GetExportedTypes(), type => Assert.Equal("OracleCct.Protocol", type.Namespace));

    [Fact]
    public void Every_class_is_sealed_or_closed_to_others()
    {
        foreach (Type type in Library.GetExportedTypes().Where(type => type.IsClass && !type.IsSealed))
        {
            Assert.True(type.IsAbstract, type.Name);

            // A record's own copy constructor is protected; it needs an instance to copy, which nobody else can make.
            ConstructorInfo[] open = type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
                .Where(constructor => !constructor.IsFamilyAndAssembly && constructor.GetParameters().Length == 0)
                .ToArray();
            Assert.Empty(open);
        }
    }

    [Fact]
    public void Nothing_public_has_a_field_or_a_property_that_can_be_set_later()
    {
        foreach (Type type in Library.GetExportedTypes().Where(type => !type.IsEnum))
        {
            Assert.DoesNotContain(type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static), field => !field.IsLiteral);
            Assert.All(
                type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                    .Where(property => property.SetMethod is { IsPublic: true }),
                property => Assert.Contains(property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers(), modifier => modifier.Name == "IsExternalInit"));
        }
    }

    [Fact]
    public void There_is_no_static_state()
    {
        IEnumerable<string> mutable = Library.GetTypes()
            .Where(type => type.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null && type.Name[0] != '<')
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsInitOnly && !field.IsLiteral)
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}");

        Assert.Empty(mutable);
    }

    [Fact]
    public void The_assembly_is_strong_named() => Assert.NotEmpty(Library.GetName().GetPublicKeyToken()!);
}
