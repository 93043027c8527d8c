using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Keeps registrations in a file as well as in memory, so that they survive a restart of the softphone.</summary>
/// <remarks>
/// <para>Safe to use from several threads. Create one registry for a file and dispose it: a second one is refused, also in another process. (An empty file
/// beside it, named <c>.lock</c>, ensures that and stays.)</para>
/// <para>A change is complete when it is on disk, and readers see it from then on. Concurrent changes share one write. The registry writes a new file beside
/// the old one, as <c>.new</c>, which then replaces it. A process that is killed at any moment therefore leaves a whole file with all completed changes. (After
/// a power failure, Unix may lose the last moments, but the file is still whole.)</para>
/// <para>The file is text and contains only agents and addresses. Do not edit it: its last line is a checksum. A damaged file is set aside, and the registry
/// starts empty: see <see cref="SetAside"/>.</para>
/// </remarks>
public sealed class FileAgentRegistry : IAgentRegistry, IDisposable
{
    private const int MaxLength = 16 * 1024 * 1024;
    private const int AttemptsAtNames = 1000;

    private static readonly TimeSpan LastWriteTimeout = TimeSpan.FromSeconds(10);

    private readonly string _path;
    private readonly string _newPath;
    private readonly FileStream _lock;
    private readonly object _gate = new();
    private volatile Dictionary<AgentIdentity, EbsAddress> _saved;
    private List<Change> _waiting = [];
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private bool _fileIsBehind;
    private Task? _disposed;

    /// <summary>Opens a registry and reads its file.</summary>
    /// <param name="path">The file. A missing file is an empty registry; a missing folder is created.</param>
    /// <param name="timeProvider">The clock for the new name of a damaged file; null uses the system's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not a valid path of a file.</exception>
    /// <exception cref="IOException">Another registry uses the file, or this user may not read it or write beside it. The message says what to do.</exception>
    public FileAgentRegistry(string path, TimeProvider? timeProvider = null)
    {
        _path = Path.GetFullPath(path ?? throw new ArgumentNullException(nameof(path)));
        _newPath = _path + ".new";
        _lock = Lock(_path);
        try
        {
            if (File.Exists(_newPath) && !File.Exists(_path))
            {
                // On .NET Framework, replacing a file may fail or be cut off after the old one was removed and before the new one is there.
                File.Move(_newPath, _path);
            }

            _saved = Load(timeProvider ?? TimeProvider.System);
            File.Delete(_newPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _lock.Dispose();
            throw CannotOpen(_path, exception);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Gets the new name of a damaged file: its own name, followed by <c>.damaged-</c> and the time (UTC). Null when the file was not damaged, or could not be
    /// moved.
    /// </summary>
    public string? SetAside { get; private set; }

    /// <summary>
    /// Gets English text for the operator that says what was wrong with the file and what the registry did with it. Null when nothing was wrong.
    /// </summary>
    public string? Problem { get; private set; }

    /// <summary>Stores where an agent's events go, and replaces any earlier address. An address that is already stored is not written again.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="ebsAddress">Where EBS listens for this agent.</param>
    /// <param name="cancellationToken">Ends the wait. The change may still be made.</param>
    /// <exception cref="ArgumentNullException"><paramref name="ebsAddress"/> is null.</exception>
    /// <exception cref="IOException">The file could not be written, so the change was not made. The registry keeps what it had.</exception>
    /// <exception cref="ObjectDisposedException">The registry was disposed.</exception>
    public async ValueTask RegisterAsync(AgentIdentity agent, EbsAddress ebsAddress, CancellationToken cancellationToken = default) =>
        _ = await ChangeAsync(new(agent, ebsAddress ?? throw new ArgumentNullException(nameof(ebsAddress))), cancellationToken).ConfigureAwait(false);

    /// <summary>Removes an agent.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="cancellationToken">Ends the wait. The change may still be made.</param>
    /// <returns>True when the agent was registered.</returns>
    /// <exception cref="IOException">The file could not be written. The agent is removed from memory, but is known again after a restart unless a later change
    /// is saved.</exception>
    /// <exception cref="ObjectDisposedException">The registry was disposed.</exception>
    public async ValueTask<bool> UnregisterAsync(AgentIdentity agent, CancellationToken cancellationToken = default) =>
        await ChangeAsync(new(agent, null), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<EbsAddress?> FindAsync(AgentIdentity agent, CancellationToken cancellationToken = default) =>
        new(_saved.TryGetValue(agent, out EbsAddress? ebsAddress) ? ebsAddress : null);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<AgentIdentity, EbsAddress>> ListAsync(CancellationToken cancellationToken = default) =>
        new(new Dictionary<AgentIdentity, EbsAddress>(_saved));

    /// <summary>
    /// Waits at most 10 seconds until pending changes are written, and releases the file. The registry can still be read, but not changed.
    /// </summary>
    public void Dispose()
    {
        Task disposed;
        lock (_gate)
        {
            // A write that hangs keeps the file locked: it might complete later and replace what another registry has written.
            disposed = _disposed ??= _writing.ContinueWith(
                _ => _lock.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        _ = disposed.Wait(LastWriteTimeout);
    }

    private async Task<bool> ChangeAsync(Change change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_disposed is not null)
            {
                throw new ObjectDisposedException(nameof(FileAgentRegistry));
            }

            _waiting.Add(change);
            if (!_isWriting)
            {
                _isWriting = true;
                _writing = Task.Run(WriteAll, CancellationToken.None);
            }
        }

        using (cancellationToken.Register(() => change.Cancel(cancellationToken)))
        {
            return await change.Task.ConfigureAwait(false);
        }
    }

    private void WriteAll()
    {
        while (true)
        {
            List<Change> changes;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _isWriting = false;
                    return;
                }

                changes = _waiting;
                _waiting = [];
            }

            Write(changes);
        }
    }

    private void Write(List<Change> changes)
    {
        try
        {
            var next = new Dictionary<AgentIdentity, EbsAddress>(_saved);
            bool anyEffect = false;
            foreach (Change change in changes)
            {
                anyEffect |= change.TryApplyTo(next);
            }

            if (anyEffect || _fileIsBehind)
            {
                Save(next);
                _saved = next;
                _fileIsBehind = false;
            }
        }
#pragma warning disable CA1031 // The callers wait for the outcome, whatever the exception is.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Forget(changes);
            foreach (Change change in changes)
            {
                change.Fail(new IOException($"The agents' registrations could not be saved in {_path}: {exception.Message}", exception));
            }

            return;
        }

        foreach (Change change in changes)
        {
            change.Complete();
        }
    }

    /// <summary>
    /// Removes agents in memory although the file still has them: an agent who has left EBS must receive no more callers' data. The next successful write
    /// updates the file.
    /// </summary>
    private void Forget(List<Change> changes)
    {
        var left = new Dictionary<AgentIdentity, EbsAddress>(_saved);
        foreach (Change change in changes)
        {
            _fileIsBehind |= change.IsRemoval && change.TryApplyTo(left);
        }

        _saved = left;
    }

    private void Save(Dictionary<AgentIdentity, EbsAddress> registrations)
    {
        byte[] text = Encoding.ASCII.GetBytes(AgentRegistryText.Write(registrations));
        if (text.Length > MaxLength)
        {
            throw new IOException(FormattableString.Invariant($"There are too many registrations. The file may have at most {MaxLength} bytes."));
        }

        using (var file = new FileStream(_newPath, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(text, 0, text.Length);
            file.Flush(flushToDisk: true);
        }

#if NET
        File.Move(_newPath, _path, overwrite: true);
#else
        try
        {
            File.Replace(_newPath, _path, null, ignoreMetadataErrors: true);
        }
        catch (IOException) when (!File.Exists(_path))
        {
            // The file is new, or Windows removed the old file and then could not put the new one there.
            File.Move(_newPath, _path);
        }
#endif
    }

    private Dictionary<AgentIdentity, EbsAddress> Load(TimeProvider time)
    {
        if (!File.Exists(_path) && !Directory.Exists(_path))
        {
            return [];
        }

        Dictionary<AgentIdentity, EbsAddress> registrations = [];
        string? damage = new FileInfo(_path) is { Length: > MaxLength } ? "it is too long" : AgentRegistryText.Read(ReadText(_path), out registrations);
        if (damage is not null)
        {
            SetAside = MoveAway(time);
            Problem = SetAside is not null
                ? $"The registry file {_path} was damaged ({damage}) and was renamed to {SetAside}. Agents are known again when EBS registers them."
                : $"The registry file {_path} is damaged ({damage}), could not be renamed, and will be overwritten. "
                    + "Agents are known again when EBS registers them.";
        }

        return registrations;
    }

    /// <returns>The file's new name; null when it could not be moved.</returns>
    private string? MoveAway(TimeProvider time)
    {
        string name = $"{_path}.damaged-{time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        for (int attempt = 1; attempt <= AttemptsAtNames; attempt++)
        {
            string free = attempt == 1 ? name : FormattableString.Invariant($"{name}-{attempt}");
            try
            {
                if (!File.Exists(free))
                {
                    File.Move(_path, free);
                    return free;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        return null;
    }

    private static string ReadText(string path)
    {
        // Not as UTF-8: bytes beyond ASCII must stay visible, because they are damage.
        return Encoding.GetEncoding("iso-8859-1").GetString(File.ReadAllBytes(path));
    }

    private static FileStream Lock(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        if (folder is null || Path.GetFileName(path).Length == 0)
        {
            throw new ArgumentException("The path does not name a file. Use a path that ends with a file name.", nameof(path));
        }

        FileStream? file = null;
        try
        {
            _ = Directory.CreateDirectory(folder);
            file = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
#if !NET
            try
            {
                // On Mono, other processes ignore FileShare.
                file.Lock(0, 1);
            }
            catch (PlatformNotSupportedException)
            {
            }
#endif
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw File.Exists(path + ".lock") && exception is not UnauthorizedAccessException
                ? new IOException(
                    $"The registry file {path} is used by another registry, perhaps because this softphone runs twice. "
                    + "End that one, or use another file for this one.",
                    exception)
                : CannotOpen(path, exception);
        }
    }

    private static IOException CannotOpen(string path, Exception exception) =>
        new($"The registry file {path} cannot be used ({exception.Message}). Use a place where this user may read and write.", exception);

    /// <summary>Represents a registration, or without an address the removal of one, whose caller waits for the outcome.</summary>
    private sealed class Change(AgentIdentity agent, EbsAddress? ebsAddress)
    {
        private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _effect;

        public Task<bool> Task => _completion.Task;

        public bool IsRemoval => ebsAddress is null;

        /// <returns>True when the registrations have changed.</returns>
        public bool TryApplyTo(Dictionary<AgentIdentity, EbsAddress> registrations)
        {
            if (ebsAddress is null)
            {
                _effect = registrations.Remove(agent);
            }
            else if (!registrations.TryGetValue(agent, out EbsAddress? earlier) || earlier != ebsAddress)
            {
                registrations[agent] = ebsAddress;
                _effect = true;
            }

            return _effect;
        }

        public void Complete() => _completion.TrySetResult(_effect);

        public void Fail(Exception exception) => _completion.TrySetException(exception);

        public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
    }
}
