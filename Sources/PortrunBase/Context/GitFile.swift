/// The small files of one line that git keeps in a repository, such as HEAD and `commondir`.
enum GitFile {
    /// The text of the file at `path` without the line breaks at its end; nil when it cannot be read.
    static func line(at path: String) -> String? {
        guard let bytes = try? FileSystem.read(path, limit: 1 << 16) else { return nil }
        let end = bytes.lastIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        return String(decoding: bytes[..<(end.map { $0 + 1 } ?? 0)], as: UTF8.self)
    }

    /// Whether a link stands at `path` itself; readlink(2) fails for anything else.
    static func isLink(_ path: String) -> Bool {
        var byte: CChar = 0
        return readlink(path, &byte, 1) >= 0
    }
}
