using System;
using System.Linq;
using System.Reflection;
using Xunit;

namespace OracleCct.Protocol.Tests.Conventions;

/// <summary>Languages without <c>init</c> construct options with a constructor whose parameters are all optional.</summary>
public class OptionsConstructorTests
{
    public static TheoryData<Type> Options =>
        [.. typeof(Callout).Assembly.GetExportedTypes().Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Options))]
    public void A_constructor_has_an_optional_parameter_for_each_property_in_order(Type options)
    {
        PropertyInfo[] properties = options.GetProperties();
        ParameterInfo[] parameters = Constructor(options).GetParameters();

        Assert.NotNull(options.GetConstructor([]));
        Assert.Equal(
            properties.Select(property => property.Name),
            parameters.Select(parameter => char.ToUpperInvariant(parameter.Name![0]) + parameter.Name.Substring(1)));
        Assert.All(parameters, parameter => Assert.True(parameter.HasDefaultValue && parameter.DefaultValue is null, parameter.Name));
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Null_keeps_the_defaults(Type options)
    {
        ConstructorInfo constructor = Constructor(options);

        Assert.Equal(Activator.CreateInstance(options), constructor.Invoke(new object?[constructor.GetParameters().Length]));
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Each_parameter_sets_its_property(Type options)
    {
        ConstructorInfo constructor = Constructor(options);
        ParameterInfo[] parameters = constructor.GetParameters();
        object defaults = Activator.CreateInstance(options)!;
        Assert.All(parameters, (parameter, i) =>
        {
            PropertyInfo property = options.GetProperties()[i];
            object? value = Another(property, property.GetValue(defaults));
            object?[] arguments = new object?[parameters.Length];
            arguments[i] = value;

            Assert.Equal(value, property.GetValue(constructor.Invoke(arguments)));
        });
    }

    private static ConstructorInfo Constructor(Type options) => Assert.Single(options.GetConstructors(), constructor => constructor.GetParameters().Length > 0);

    /// <returns>A value other than the default, where that is easy.</returns>
    private static object? Another(PropertyInfo property, object? value) => value switch
    {
        bool flag => !flag,
        int number => number > 1 ? number - 1 : number + 1,
        TimeSpan time => time + TimeSpan.FromTicks(1),
        Enum => Enum.GetValues(property.PropertyType).Cast<object>().Last(),
        _ => value,
    };
}
