using System;
using System.IO;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>Writes every inbound and outbound message with its outcome as one line of JSON, for people and for programs.</summary>
/// <remarks>
/// <para>Safe to use from several threads. Pass it to an <see cref="ObserverHub"/>, and dispose it after the hub.</para>
/// <para>
/// The writer passes each line to the operating system at once, so that the line survives a crash of the process. docs/telemetry.md describes the fields.
/// Passwords are asterisks. The numbers of agents and callers are in plain text. The file grows without limit: to start another file, create another writer.
/// </para>
/// </remarks>
public sealed class TranscriptWriter : ICctObserver, IDisposable
{
    private readonly object _gate = new();
    private readonly TextWriter _writer;
    private readonly bool _leaveOpen;
    private bool _disposed;

    /// <summary>
    /// Initializes a writer that appends to a file. It creates the file and its folder if they are missing. Other processes may read the file at the same time.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not a valid path.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The user must not write to the file.</exception>
    public TranscriptWriter(string path)
        : this(Open(path ?? throw new ArgumentNullException(nameof(path))))
    {
    }

    /// <summary>Initializes a writer to a text writer.</summary>
    /// <param name="writer">The text writer, flushed after each line. It need not be thread-safe.</param>
    /// <param name="leaveOpen">Whether the text writer stays open when the transcript is disposed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public TranscriptWriter(TextWriter writer, bool leaveOpen = false)
    {
        _writer = writer ?? throw new ArgumentNullException(nameof(writer));
        _leaveOpen = leaveOpen;
    }

    /// <summary>Writes a line.</summary>
    /// <param name="observation">The observation.</param>
    /// <exception cref="ArgumentNullException"><paramref name="observation"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The transcript was disposed.</exception>
    /// <exception cref="IOException">The line could not be written. (An <see cref="ObserverHub"/> continues with the next observer.)</exception>
    public void Observe(CctObservation observation)
    {
        string line = (observation ?? throw new ArgumentNullException(nameof(observation))).ToJson();
        lock (_gate)
        {
            if (_disposed)
            {
                throw new ObjectDisposedException(nameof(TranscriptWriter));
            }

            // In one piece, and with the same line end on every platform.
            _writer.Write(line + "\n");
            _writer.Flush();
        }
    }

    /// <summary>Ends the transcript, and closes the text writer unless it stays open.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed && !_leaveOpen)
            {
                _writer.Dispose();
            }

            _disposed = true;
        }
    }

    private static StreamWriter Open(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            _ = Directory.CreateDirectory(folder);
        }

        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            if (file.Length > 0)
            {
                _ = file.Seek(-1, SeekOrigin.End);
                if (file.ReadByte() != '\n')
                {
                    // The last line is incomplete: a process or a machine crashed.
                    writer.Write('\n');
                }
            }

            return writer;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
