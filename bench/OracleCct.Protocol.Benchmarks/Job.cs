using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Benchmarks;

/// <summary>One way to do a job: the library's, or what a user would write instead.</summary>
internal sealed record Contender(string Name, Func<object> Run);

/// <summary>One way to do a job against the library's.</summary>
internal sealed record Comparison(Job Job, Contender Rival)
{
    public override string ToString() => $"{Job.Name} / {Rival.Name}";
}

/// <summary>Something that the library does and that could be done otherwise, with the same result.</summary>
/// <param name="Name">What is done, such as <c>read Login</c>.</param>
/// <param name="Result">What every contender must come to.</param>
/// <param name="Library">The library's way.</param>
/// <param name="Rivals">The others.</param>
internal sealed record Job(string Name, object Result, Contender Library, IReadOnlyList<Contender> Rivals)
{
    public static IReadOnlyList<Job> All { get; } = [.. Queries.Jobs, .. Xml.Jobs, .. Dispatch.Jobs];

    public static IEnumerable<Comparison> Checked()
    {
        foreach (Job job in All)
        {
            job.ThrowUnlessEqual();
        }

        return All.SelectMany(job => job.Rivals, (job, rival) => new Comparison(job, rival));
    }

    /// <summary>What a contender leaves behind, in the form in which it can be compared.</summary>
    public Func<object, object> Seen { get; init; } = static result => result;

    private void ThrowUnlessEqual()
    {
        foreach (Contender contender in Rivals.Prepend(Library))
        {
            if (!Result.Equals(Seen(contender.Run())))
            {
                throw new InvalidOperationException($"{contender.Name} does not {Name} as it should: nothing can be compared.");
            }
        }
    }
}
