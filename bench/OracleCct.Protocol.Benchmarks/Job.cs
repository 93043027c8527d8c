using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Benchmarks;

/// <summary>Represents one way to do a job: the library's way, or what a user would write instead.</summary>
internal sealed record Contender(string Name, Func<object> Run);

/// <summary>Represents a rival's way to do a job, compared with the library's.</summary>
internal sealed record Comparison(Job Job, Contender Rival)
{
    public override string ToString() => $"{Job.Name} / {Rival.Name}";
}

/// <summary>Represents a job that the library and its rivals do with the same result.</summary>
/// <param name="Name">The name of the job, such as <c>read Login</c>.</param>
/// <param name="Result">The result that every contender must have.</param>
/// <param name="Library">The library.</param>
/// <param name="Rivals">The rivals.</param>
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

    /// <summary>Gets the function that converts a contender's result into a comparable form.</summary>
    public Func<object, object> Seen { get; init; } = static result => result;

    private void ThrowUnlessEqual()
    {
        foreach (Contender contender in Rivals.Prepend(Library))
        {
            if (!Result.Equals(Seen(contender.Run())))
            {
                throw new InvalidOperationException($"{contender.Name} has another result for \"{Name}\", so the times are not comparable.");
            }
        }
    }
}
