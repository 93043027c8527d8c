using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Xunit;

namespace OracleCct.Protocol.Tests.Conventions;

/// <summary>Languages without <c>required</c> and <c>init</c> construct messages with a constructor.</summary>
public class MessageConstructorTests
{
    public static TheoryData<Type> MessagesWithRequiredProperties =>
    [
        .. typeof(Callout).Assembly.GetExportedTypes()
            .Where(type => type.IsSealed && (typeof(Callout).IsAssignableFrom(type) || typeof(CctEvent).IsAssignableFrom(type)) && Required(type).Count > 0),
    ];

    [Theory]
    [MemberData(nameof(MessagesWithRequiredProperties))]
    public void A_constructor_takes_the_required_properties(Type message)
    {
        ConstructorInfo constructor = FullConstructor(message);
        ParameterInfo[] parameters = constructor.GetParameters();

        Assert.Contains(constructor.CustomAttributes, attribute => attribute.AttributeType.Name == "SetsRequiredMembersAttribute");
        Assert.DoesNotContain(constructor.CustomAttributes, attribute => attribute.AttributeType == typeof(ObsoleteAttribute));
        Assert.Equal(
            Required(message).Select(property => (property.Name, property.PropertyType)),
            parameters.Where(parameter => !parameter.IsOptional).Select(parameter => (Pascal(parameter.Name!), parameter.ParameterType)));

        // What is optional comes last, and every parameter has its property.
        Assert.All(parameters, parameter => Assert.Equal(parameter.ParameterType, message.GetProperty(Pascal(parameter.Name!))?.PropertyType));
        Assert.NotNull(message.GetConstructor([]));
    }

    [Theory]
    [MemberData(nameof(MessagesWithRequiredProperties))]
    public void A_constructor_sets_its_properties_in_the_order_of_the_wire(Type message)
    {
        ConstructorInfo constructor = FullConstructor(message);
        object[] arguments = [.. constructor.GetParameters().Select((parameter, i) => Value(parameter.ParameterType, 101 + i))];
        object made = constructor.Invoke(arguments);

        Assert.All(constructor.GetParameters(), (parameter, i) => Assert.Equal(arguments[i], message.GetProperty(Pascal(parameter.Name!))!.GetValue(made)));

        string wire = made is Callout callout ? CalloutQueryFormatter.Default.Write(callout) : CctXmlFormatter.Default.WriteToString((CctEvent)made);
        int[] places = [.. arguments.Select((_, i) => wire.IndexOf((101 + i).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))];
        Assert.All(places, place => Assert.True(place > 0, wire));
        Assert.Equal(places.OrderBy(place => place), places);
    }

    [Theory]
    [MemberData(nameof(MessagesWithRequiredProperties))]
    public void A_constructor_refuses_null_where_the_property_is_never_null(Type message)
    {
        ConstructorInfo constructor = FullConstructor(message);
        ParameterInfo[] parameters = constructor.GetParameters();
        for (int i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].ParameterType.IsClass && !parameters[i].IsOptional && parameters[i].Name is not ("ani" or "dnis"))
            {
                object?[] arguments = [.. parameters.Select((parameter, place) => place == i ? null : Value(parameter.ParameterType, 1))];
                var thrown = Assert.Throws<TargetInvocationException>(() => constructor.Invoke(arguments));
                Assert.Equal(parameters[i].Name, Assert.IsType<ArgumentNullException>(thrown.InnerException).ParamName);
            }
        }
    }

    [Fact]
    public void A_constructor_refuses_what_is_not_a_port() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegisterCallout("70002", "7001", "127.0.0.1", 0));

    [Fact]
    public void What_is_optional_has_a_parameter_where_there_is_no_other_way_to_set_it()
    {
        Assert.Equal(new DialCanonicalCallout { TelesetNumber = "70002", AgentId = "7001", DialString = "1" }, new DialCanonicalCallout("70002", "7001", "1"));
        Assert.Equal(new ErrorEvent { Message = "Busy.", Details = "Try later." }, new ErrorEvent("Busy.", "Try later."));
        Assert.Equal(new ErrorEvent { Message = "Busy." }, new ErrorEvent("Busy."));
        Assert.Equal(new UnknownEvent("Hold") { ExtraFields = [new("id", "42")] }, new UnknownEvent("Hold", WireFields.Empty.Add("id", "42")));
        Assert.Equal(new UnknownCallout("Hold") { ExtraFields = [new("id", "42")] }, new UnknownCallout("Hold", WireFields.Empty.Add("id", "42")));
    }

    private static ConstructorInfo FullConstructor(Type message) =>
        Assert.Single(message.GetConstructors(), constructor => constructor.GetParameters().Length > 0);

    private static List<PropertyInfo> Required(Type message) =>
    [
        .. Ancestors(message).Reverse()
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(property => property.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "RequiredMemberAttribute")),
    ];

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (Type? one = type; one is not null; one = one.BaseType)
        {
            yield return one;
        }
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    private static object Value(Type type, int number) =>
        type == typeof(int) ? number
        : type == typeof(AgentPassword) ? new AgentPassword(number.ToString(CultureInfo.InvariantCulture))
        : number.ToString(CultureInfo.InvariantCulture);
}
