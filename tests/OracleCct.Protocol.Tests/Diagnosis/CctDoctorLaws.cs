using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OracleCct.Protocol.Tests.Events;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.Diagnosis;

/// <summary>What holds for every text.</summary>
[Collection(Law.Collection)]
public class CctDoctorLaws
{
    private static readonly Gen<string> Documents = EventCase.Writable.Generator.Select(one => CctXmlFormatter.Default.WriteToString(one.Event)).Where(text => text.Length < 20000);

    private static readonly Arbitrary<string> Texts = Arb.From(
        Gen.OneOf(
            HostileText.Any,
            HostileText.Mutated(Documents),
            HostileText.Mutated(HostileText.Mutated(Documents)),
            HostileText.Any.Select(text => "<CCTSDK><event name=\"x\">" + text + "</event></CCTSDK>"),
            HostileText.Any.Select(text => "FunctionName=Ready&" + text)),
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
        Assert.Equal(diagnoses.Select(one => one.Offset).OrderBy(offset => offset), diagnoses.Select(one => one.Offset));
        _ = CctDoctor.Examine(Encoding.UTF8.GetBytes(text));
    }, 1500);

    [Fact]
    public void No_diagnosis_shows_a_piece_of_the_text() => Law.Holds(
        Arb.From(
            from mutated in HostileText.Mutated(from one in EventCase.Writable.Generator select CctXmlFormatter.Default.WriteToString(one.With("Zx7", "Qk9").Event))
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
