using System;
using System.IO;

namespace OracleCct.Tool;

/// <summary>Opens a file that the user named.</summary>
internal static class TextFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="UsageException">The file does not exist or cannot be read.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"The file {path} does not exist. Check the path.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"The file {path} cannot be read. Check that it is a file and that you may read it.");
        }
    }
}
