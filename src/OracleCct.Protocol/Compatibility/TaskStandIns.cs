#if !NET
namespace System.Threading.Tasks;

/// <summary>Provides what <see cref="Task"/> has on net10.0 only.</summary>
internal static class TaskStandIns
{
    extension(Task)
    {
        public static Task Delay(TimeSpan delay, TimeProvider timeProvider, CancellationToken cancellationToken) => timeProvider.Delay(delay, cancellationToken);
    }
}
#endif
