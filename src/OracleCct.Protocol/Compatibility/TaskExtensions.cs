#if NETSTANDARD2_0
namespace System.Threading.Tasks;

/// <summary>Provides what <see cref="Task"/> has on newer platforms.</summary>
internal static class TaskExtensions
{
    extension(Task)
    {
        /// <summary>Returns a task that completes after a delay of a clock.</summary>
        public static Task Delay(TimeSpan delay, TimeProvider timeProvider, CancellationToken cancellationToken = default) =>
            timeProvider.Delay(delay, cancellationToken);
    }
}
#endif
