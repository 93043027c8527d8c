using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using OracleCct.Protocol.Tests.Callouts;
using OracleCct.Protocol.Tests.Events;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Testing.Tests.Diagnosis;

/// <summary>What holds for every text.</summary>
[Collection(Law.Collection)]
public class CctDoctorLaws
{
    private static readonly Gen<string> Documents = EventCase.Writable.Generator.Select(one => CctXmlFormatter.Default.WriteToString(one.Event))
        .Where(text => text.Length < 20000);

    private static readonly string[] Broken =
    [
        "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"ACME \"x\" Inc\"/></event></CCTSDK>",
        "<CCTSDK><event \"x\"><data name=“a” value='&#0;&#zz;&lt;Agent&gt;'/></event></CCTSDK>",
        "&lt;CCTSDK&gt;&lt;event name=\"x\"/&gt;",
        "<?xml version='1.0'?><!-- a --><!DOCTYPE html><center>",
        "HTTP/1.1 502 Bad Gateway\r\nServer: x\r\n\r\n<html>",
        "/?FunctionName=Ready&telesetNumber=%3CAgent%3E&agentID=%ANI%&x=tel:{ani}",
    ];

    private static readonly Arbitrary<string> Texts = Arb.From(
        Gen.OneOf(
            HostileText.Any,
            HostileText.Mutated(Documents),
            HostileText.Mutated(HostileText.Mutated(Documents)),
            HostileText.Any.Select(text => "<CCTSDK><event name=\"x\">" + text + "</event></CCTSDK>"),
            HostileText.Any.Select(text => "FunctionName=Ready&" + text),
            HostileText.Mutated(Gen.Elements(Broken))),
        HostileText.Shrink);

    [Fact]
    public void A_text_that_does_not_read_has_a_diagnosis_and_one_that_reads_at_most_a_placeholder() => Law.Holds(Texts, text => text, text =>
    {
        IReadOnlyList<CctDiagnosis> diagnoses = CctDoctor.Examine(text);

        bool isDocument = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').FirstOrDefault() == '<';
        bool reads = isDocument ? CctXmlFormatter.Default.TryRead(text, out _, out _) : CalloutQueryFormatter.Default.TryRead(text, out _, out _);
        if (reads)
        {
            Assert.All(diagnoses, one => Assert.Equal(CctDiagnosisKind.UnfilledTemplate, one.Kind));
        }
        else
        {
            Assert.NotEmpty(diagnoses);
        }

        Assert.All(diagnoses, one => Assert.True(one.Offset >= 0 && one.Offset <= text.Length && one.Line >= 1 && one.Column >= 1 && one.Count >= 1));
        Assert.Equal(diagnoses.OrderBy(one => one.Offset).ThenBy(one => one.Kind), diagnoses);
        Assert.Equal(diagnoses, CctDoctor.Examine(text));
    }, 1500);

    [Fact]
    public void Bytes_that_do_not_decode_have_a_diagnosis_and_those_that_read_at_most_a_placeholder() => Law.Holds(
        Arb.From(
            from text in Texts.Generator
            from encoding in Gen.Elements("utf-8", "utf-16", "utf-16BE", "utf-32", "iso-8859-1")
            from mark in Gen.Elements("", "\uFEFF")
            from junk in Gen.Choose(0, 255).ArrayOf(3)
            from place in Gen.Choose(0, 1 << 16)
            let bytes = Encoding.GetEncoding(encoding).GetBytes(mark + text).ToList()
            select bytes.Take(place % (bytes.Count + 1)).Concat(junk.Take(place % 4).Select(one => (byte)one)).Concat(
                bytes.Skip(place % (bytes.Count + 1))).ToArray()),
        BitConverter.ToString,
        bytes =>
        {
            IReadOnlyList<CctDiagnosis> diagnoses = CctDoctor.Examine(bytes);

            Assert.All(diagnoses, one => Assert.True(one.Offset >= 0 && one.Offset <= bytes.Length && one.Line >= 1 && one.Column >= 1 && one.Count >= 1));
            Assert.Equal(diagnoses.OrderBy(one => one.Offset).ThenBy(one => one.Kind), diagnoses);
            bool reads = CctXmlFormatter.Default.TryRead(bytes, out _, out ProtocolError? error);
            Assert.True(!reads || diagnoses.All(one => one.Kind == CctDiagnosisKind.UnfilledTemplate));
            Assert.True(error is not { Kind: ProtocolErrorKind.InvalidEncoding } || diagnoses.Any(one => one.Kind != CctDiagnosisKind.UnfilledTemplate));
        },
        1500);

    [Fact]
    public void No_diagnosis_of_a_callout_shows_a_piece_of_it() => Law.Holds(
        Arb.From(
            from mutated in HostileText.Mutated(
                from one in CalloutCase.Writable.Generator select CalloutQueryFormatter.Default.Write(one.With("Zx7", "Qk9").Callout))
            from raw in HostileText.Any
            select mutated.Replace("Qk9", "Qk9" + raw + "Qk9") + "&agentPassword=Qk9" + raw,
            HostileText.Shrink),
        text => text,
        text =>
        {
            string said = string.Join("\n", CctDoctor.Examine(text).Concat(CctDoctor.Examine(Encoding.UTF8.GetBytes(text))).Select(one => one.ToString()));
            Assert.DoesNotContain("Zx7", said, StringComparison.Ordinal);
            Assert.DoesNotContain("Qk9", said, StringComparison.Ordinal);
        },
        500);

    [Fact]
    public void No_diagnosis_shows_a_piece_of_the_text() => Law.Holds(
        Arb.From(
            from mutated in HostileText.Mutated(
                from one in EventCase.Writable.Generator select CctXmlFormatter.Default.WriteToString(one.With("Zx7", "Qk9").Event))
            from raw in HostileText.Any
            select mutated.Replace("Qk9", "Qk9" + raw + "Qk9"),
            HostileText.Shrink),
        text => text,
        text =>
        {
            string said = string.Join("\n", CctDoctor.Examine(text).Select(one => one.ToString()));
            Assert.DoesNotContain("Zx7", said, StringComparison.Ordinal);
            Assert.DoesNotContain("Qk9", said, StringComparison.Ordinal);
        },
        500);
}
