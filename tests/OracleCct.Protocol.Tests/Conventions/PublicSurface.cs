using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace OracleCct.Protocol.Tests.Conventions;

/// <summary>
/// Describes what users of an assembly can see and compile against: one line for each member, ordered by name, the same on every platform.
/// Members that the compiler adds to a record are left out, because they differ between targets.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>A type parameter with both is a struct, which always has a constructor.</summary>
    private const GenericParameterAttributes Built =
        GenericParameterAttributes.DefaultConstructorConstraint | GenericParameterAttributes.NotNullableValueTypeConstraint;

    private const string RecordMark = "<Clone>$";

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(double)] = "double",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>The attributes that change how a member can be used.</summary>
    private static readonly HashSet<string> Shown =
    [
        "CallerArgumentExpressionAttribute", "CallerFilePathAttribute", "CallerLineNumberAttribute", "CallerMemberNameAttribute",
        "CollectionBuilderAttribute", "DoesNotReturnAttribute", "DynamicallyAccessedMembersAttribute", "EditorBrowsableAttribute",
        "ExperimentalAttribute", "FlagsAttribute", "MaybeNullWhenAttribute", "MemberNotNullWhenAttribute", "NotNullAttribute",
        "NotNullIfNotNullAttribute", "NotNullWhenAttribute", "ObsoleteAttribute", "OverloadResolutionPriorityAttribute",
        "RequiresDynamicCodeAttribute", "RequiresUnreferencedCodeAttribute", "SetsRequiredMembersAttribute",
    ];

    public static string Describe(Assembly assembly) => Describe(assembly.GetExportedTypes());

    public static string Describe(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (Type type in types.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            _ = text.Append(Header(type)).Append('\n');
            foreach (string member in type.IsEnum ? EnumMembers(type) : Members(type))
            {
                _ = text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> EnumMembers(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => $"{Attributes(field)}{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}");

    private static IEnumerable<string> Members(Type type) => type.GetMembers(Declared)
        .Where(IsWritten)
        .Select(member => (member.Name, Line: Line(member)))
        .Where(member => member.Line is not null)
        .OrderBy(member => member.Name, StringComparer.Ordinal)
        .ThenBy(member => member.Line, StringComparer.Ordinal)
        .Select(member => member.Line!);

    private static string Header(Type type)
    {
        string kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? (Has(type, "IsReadOnlyAttribute") ? "readonly " : "") + (Has(type, "IsByRefLikeAttribute") ? "ref " : "") + "struct"
            : type.IsAbstract && type.IsSealed ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        kind = type.GetMethod(RecordMark) is null ? kind : kind.Replace("class", "record");
        IEnumerable<Type> inherited = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []);
        IEnumerable<string> bases = new[] { type.BaseType }
            .Where(parent => parent is not null && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
            .Select(parent => Nullability.Unknown.Name(parent!))
            .Concat(type.IsEnum ? [] : inherited.Select(face => Nullability.Unknown.Name(face)).OrderBy(name => name, StringComparer.Ordinal));
        string list = string.Join(", ", bases);
        return $"{Attributes(type)}{kind} {OwnName(type)}{(list.Length > 0 ? " : " + list : "")}{Constraints(type.GetGenericArguments())}";
    }

    private static string OwnName(Type type)
    {
        string name = (type.IsNested ? OwnName(type.DeclaringType!) + "." : "") + type.Name.Split('`')[0];
        return type.IsGenericType ? name + TypeParameters(type.GetGenericArguments()) : name;
    }

    private static bool IsWritten(MemberInfo member) =>
        !Has(member, nameof(CompilerGeneratedAttribute))
        && member.Name is not (RecordMark or "EqualityContract")
        && !(member is ConstructorInfo constructor && constructor.GetParameters().Any(parameter => parameter.ParameterType == constructor.DeclaringType));

    private static string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsSeen(constructor) => $"{Attributes(constructor)}{Access(constructor)}new({Parameters(constructor)})",
        MethodInfo method when IsSeen(method) && !IsAccessor(method) =>
            $"{Attributes(method)}{Access(method)}{Modifier(method)}{Returned(method)} {method.Name}" +
            $"{TypeParameters(method.GetGenericArguments())}({Parameters(method)}){Constraints(method.GetGenericArguments())}",
        PropertyInfo property when IsSeen(property.GetMethod) || IsSeen(property.SetMethod) => Line(property),
        FieldInfo field when IsSeen(field) => Line(field),
        EventInfo happening when IsSeen(happening.AddMethod) =>
            $"{Attributes(happening)}event {Nullability.Of(happening).Name(happening.EventHandlerType!)} {happening.Name}",
        _ => null,
    };

    private static string Line(FieldInfo field)
    {
        string kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        string value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue(), field.FieldType) : "";
        return $"{Attributes(field)}{(field.IsPublic ? "" : "protected ")}{kind}{Nullability.Of(field).Name(field.FieldType)} {field.Name}{value}";
    }

    private static string Line(PropertyInfo property)
    {
        MethodInfo accessor = IsSeen(property.GetMethod) ? property.GetMethod! : property.SetMethod!;
        string setter = !IsSeen(property.SetMethod) ? "" : IsInit(property) ? " init;" : " set;";
        string required = Has(property, "RequiredMemberAttribute") ? "required " : "";
        string index = string.Join(", ", property.GetIndexParameters().Select(Parameter));
        return $"{Attributes(property)}{Access(accessor)}{Modifier(accessor)}{required}{Nullability.Of(property).Name(property.PropertyType)} " +
            $"{property.Name}{(index.Length == 0 ? "" : $"[{index}]")} {{{(IsSeen(property.GetMethod) ? " get;" : "")}{setter} }}";
    }

    private static bool IsSeen(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static bool IsSeen(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifier(MethodInfo method) =>
        method.IsStatic ? "static "
        : method.DeclaringType!.IsInterface ? ""
        : method.IsAbstract ? "abstract "
        : method.IsVirtual && !method.IsFinal ? (method.GetBaseDefinition().DeclaringType == method.DeclaringType ? "virtual " : "override ")
        : "";

    private static bool IsInit(PropertyInfo property) =>
        property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");

    private static string Returned(MethodInfo method)
    {
        Type type = method.ReturnType;
        string reference = !type.IsByRef ? "" : Has(method.ReturnParameter.CustomAttributes, "IsReadOnlyAttribute") ? "ref readonly " : "ref ";
        return Attributes(method.ReturnParameter.CustomAttributes, "return: ") + reference + Nullability.Of(method.ReturnParameter).Name(type);
    }

    private static string Parameters(MethodBase method) =>
        (Has(method, nameof(ExtensionAttribute)) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        IEnumerable<CustomAttributeData> attributes = parameter.CustomAttributes;
        string passed = Has(attributes, nameof(ParamArrayAttribute)) || Has(attributes, "ParamCollectionAttribute") ? "params "
            : !parameter.ParameterType.IsByRef ? ""
            : parameter.IsOut ? "out "
            : Has(attributes, "IsReadOnlyAttribute") ? "in "
            : "ref ";
        string value = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{Attributes(attributes)}{passed}{Nullability.Of(parameter).Name(parameter.ParameterType)} {parameter.Name}{value}";
    }

    private static string Literal(object? value, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null or Missing or DBNull => type.IsValueType && plain == type ? "default" : "null",
            _ when plain.IsEnum => $"{plain.Name}.{Enum.ToObject(plain, value).ToString()!.Replace(", ", $" | {plain.Name}.")}",
            string text => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"",
            char character => $"'{character}'",
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
    }

    private static string TypeParameters(Type[] parameters) => parameters.Length == 0 ? "" : $"<{string.Join(", ", parameters.Select(parameter =>
        Attributes(parameter.CustomAttributes) + (parameter.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
        {
            GenericParameterAttributes.Covariant => "out ",
            GenericParameterAttributes.Contravariant => "in ",
            _ => "",
        } + parameter.Name))}>";

    private static string Constraints(Type[] parameters) => string.Concat(parameters.Select(parameter =>
    {
        GenericParameterAttributes special = parameter.GenericParameterAttributes;
        byte nullable = Nullability.Of(parameter).Next();
        var constraints = new List<string>();
        if (special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            constraints.Add(Has(parameter, "IsUnmanagedAttribute") ? "unmanaged" : "struct");
        }
        else if (special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            constraints.Add(nullable == Nullability.Annotated ? "class?" : "class");
        }
        else if (nullable == Nullability.NotAnnotated && parameter.GetGenericParameterConstraints().Length == 0)
        {
            constraints.Add("notnull");
        }

        constraints.AddRange(parameter.GetGenericParameterConstraints()
            .Where(type => type != typeof(ValueType))
            .Select(type => Nullability.Unknown.Name(type))
            .OrderBy(name => name, StringComparer.Ordinal));
        if ((special & Built) == GenericParameterAttributes.DefaultConstructorConstraint)
        {
            constraints.Add("new()");
        }

        return constraints.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", constraints)}";
    }));

    private static bool Has(MemberInfo member, string attribute) => Has(member.CustomAttributes, attribute);

    private static bool Has(IEnumerable<CustomAttributeData> attributes, string name) => attributes.Any(attribute => attribute.AttributeType.Name == name);

    private static string Attributes(MemberInfo member)
    {
        // The compiler marks constructors that leave required members to the caller as obsolete, for compilers that do not know the word.
        bool marked = member is ConstructorInfo && Has(member, "CompilerFeatureRequiredAttribute");
        return Attributes(member.CustomAttributes.Where(attribute => !(marked && attribute.AttributeType == typeof(ObsoleteAttribute))));
    }

    private static string Attributes(IEnumerable<CustomAttributeData> attributes, string target = "") => string.Concat(attributes
        .Where(attribute => Shown.Contains(attribute.AttributeType.Name))
        .Select(attribute => $"[{target}{attribute.AttributeType.Name.Replace("Attribute", "")}{Arguments(attribute)}] ")
        .OrderBy(text => text, StringComparer.Ordinal));

    private static string Arguments(CustomAttributeData attribute)
    {
        static string Value(CustomAttributeTypedArgument argument) =>
            argument.Value is Type type ? $"typeof({type.Name})" : Literal(argument.Value, argument.ArgumentType);

        string arguments = string.Join(", ", attribute.ConstructorArguments.Select(Value)
            .Concat(attribute.NamedArguments.Select(argument => $"{argument.MemberName} = {Value(argument.TypedValue)}")));
        return arguments.Length == 0 ? "" : $"({arguments})";
    }

    /// <summary>
    /// Names a type with the marks of its references that may be null, from the attributes that the compiler writes:
    /// one byte for each reference and each generic value type, outermost first. .NET Framework has no NullabilityInfoContext.
    /// </summary>
    private sealed class Nullability
    {
        public const byte NotAnnotated = 1;
        public const byte Annotated = 2;

        private readonly byte[] _flags;
        private int _next;

        private Nullability(IEnumerable<CustomAttributeData> own, IEnumerable<MemberInfo> contexts) =>
            _flags = new[] { Flags(own, "NullableAttribute") }
                .Concat(contexts.Select(context => Flags(context.CustomAttributes, "NullableContextAttribute")))
                .FirstOrDefault(flags => flags is not null) ?? [0];

        public static Nullability Unknown => new([], []);

        public static Nullability Of(MemberInfo member) => new(member.CustomAttributes, Around(member));

        public static Nullability Of(ParameterInfo parameter) =>
            new(parameter.CustomAttributes, new[] { parameter.Member }.Concat(Around(parameter.Member)));

        public byte Next() => _flags.Length == 1 ? _flags[0] : _flags[_next++];

        public string Name(Type type)
        {
            if (type.IsByRef)
            {
                return Name(type.GetElementType()!);
            }

            if (Nullable.GetUnderlyingType(type) is { } underlying)
            {
                return Name(underlying) + "?";
            }

            string mark = (type.IsValueType && !type.IsGenericType ? 0 : Next()) == Annotated ? "?" : "";
            if (type.IsArray)
            {
                return $"{Name(type.GetElementType()!)}[]{mark}";
            }

            string name = Keywords.TryGetValue(type, out string? keyword) ? keyword : type.Name.Split('`')[0];
            string arguments = string.Join(", ", type.GetGenericArguments().Select(Name));
            return (arguments.Length == 0 ? name : $"{name}<{arguments}>") + mark;
        }

        private static IEnumerable<MemberInfo> Around(MemberInfo member)
        {
            if (member is Type { IsGenericParameter: true, DeclaringMethod: { } method })
            {
                yield return method;
            }

            for (Type? type = member.DeclaringType; type is not null; type = type.DeclaringType)
            {
                yield return type;
            }
        }

        private static byte[]? Flags(IEnumerable<CustomAttributeData> attributes, string name) =>
            attributes.FirstOrDefault(attribute => attribute.AttributeType.Name == name)?.ConstructorArguments.Single().Value switch
            {
                null => null,
                byte flag => [flag],
                IEnumerable<CustomAttributeTypedArgument> flags => [.. flags.Select(flag => (byte)flag.Value!)],
                _ => throw new NotSupportedException($"{name} has an argument of an unknown form."),
            };
    }
}
