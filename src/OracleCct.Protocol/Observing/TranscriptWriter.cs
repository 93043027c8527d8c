using System;
using System.IO;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>Writes every message in and out, and what became of it, as one line of JSON: a log for people and for programs.</summary>
/// <remarks>
/// <para>Safe to use from several threads. Give it to an <see cref="ObserverHub"/>, and dispose it after that.</para>
/// <para>A line is handed to the operating system as soon as it is there, so that it survives the end of the process. The fields are described in
/// docs/telemetry.md. Passwords are asterisks; agents' and
/// callers' numbers stand there as they are. The file grows without end: to begin another, make another writer.</para>
/// </remarks>
public sealed class TranscriptWriter : ICctObserver, IDisposable
{
    private readonly object _gate = new();
    private readonly TextWriter _writer;
    private readonly bool _leaveOpen;
    private bool _disposed;

    /// <summary>Writes into a file, behind what it holds; it is made if it is missing, and so is its folder. Others may read it meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is no path.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public TranscriptWriter(string path)
        : this(Open(path ?? throw new ArgumentNullException(nameof(path))))
    {
    }

    /// <summary>Writes to a text writer.</summary>
    /// <param name="writer">The writer, flushed after each line. It needs to be safe from one thread only.</param>
    /// <param name="leaveOpen">Whether it stays open when the transcript is disposed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public TranscriptWriter(TextWriter writer, bool leaveOpen = false)
    {
        _writer = writer ?? throw new ArgumentNullException(nameof(writer));
        _leaveOpen = leaveOpen;
    }

    /// <summary>Writes a line.</summary>
    /// <param name="observation">What has happened.</param>
    /// <exception cref="ArgumentNullException"><paramref name="observation"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The transcript was disposed.</exception>
    /// <exception cref="IOException">The line could not be written. (An <see cref="ObserverHub"/> goes on all the same.)</exception>
    public void Observe(CctObservation observation)
    {
        string line = (observation ?? throw new ArgumentNullException(nameof(observation))).ToJson();
        lock (_gate)
        {
            if (_disposed)
            {
                throw new ObjectDisposedException(nameof(TranscriptWriter));
            }

            // In one piece, and with the same end on every platform.
            _writer.Write(line + "\n");
            _writer.Flush();
        }
    }

    /// <summary>Ends the transcript.</summary>
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
                    // The last line broke off when a process or a machine did.
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
