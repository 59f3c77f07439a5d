/// The small files of one line that git keeps in a repository, such as HEAD and `commondir`.
enum GitFile {
    /// The text of the file at `path` without the line breaks at its end; nil when it cannot be read.
    static func line(at path: String) -> String? {
        (try? FileSystem.read(path, limit: limit)).map(line)
    }

    /// Likewise.
    ///
    /// - Throws: `reason` for a file that cannot be read, where git may make something of it.
    static func line(at path: String, else reason: NeedsGit) throws(NeedsGit) -> String {
        do {
            return line(try FileSystem.read(path, limit: limit))
        } catch {
            throw NeedsGit(error, at: path, else: reason)
        }
    }

    private static let limit = 1 << 16

    private static func line(_ bytes: [UInt8]) -> String {
        let end = bytes.lastIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        return String(decoding: bytes[..<(end.map { $0 + 1 } ?? 0)], as: UTF8.self)
    }

    /// Whether a link stands at `path` itself; readlink(2) fails for anything else.
    static func isLink(_ path: String) -> Bool {
        var byte: CChar = 0
        return readlink(path, &byte, 1) >= 0
    }
}
