import PortrunBase

/// A note of an env file that has been brought in line with its checkout's ports.
package struct WrittenFile: Sendable, Equatable {
    /// Absolute.
    package let path: String
    /// What was written, as a digest.
    private let digest: String

    /// Those of a checkout, in the order of their notes.
    package static func all(of context: Context, in state: StateFolder) -> [WrittenFile] {
        state.files(of: .written).compactMap { note in
            guard let content = try? FileSystem.read(note, limit: 1 << 16),
                FileOwner(line: content.prefix { $0 != UInt8(ascii: "\n") })?.context == context.hash,
                let fields = JSONParser.value(of: content.drop { $0 != UInt8(ascii: "\n") }.dropFirst())?.elements,
                fields.count == 2, let path = fields[0].string, let digest = fields[1].string
            else { return nil }
            return WrittenFile(path: path, digest: digest)
        }
    }

    private init(path: String, digest: String) {
        self.path = path
        self.digest = digest
    }

    /// - Parameter content: what is about to be written.
    init(path: String, content: [UInt8]) {
        self.init(path: path, digest: MD5.hexadecimal(of: content))
    }

    /// Whether it holds what was written.
    func holds(_ content: [UInt8]) -> Bool { digest == MD5.hexadecimal(of: content) }

    /// The file with what it held before.
    var backup: String { path + ".bak" }

    func note(for owner: FileOwner, in state: StateFolder) throws(FileError) {
        try FileSystem.makeFolder(state.folder(of: .written))
        let line = JSONValue.array([.string(path), .string(digest)]).text
        try FileSystem.replace(notePath(in: state), with: Array((owner.line(after: "#") + line + "\n").utf8))
    }

    func forget(in state: StateFolder) { unlink(notePath(in: state)) }

    private func notePath(in state: StateFolder) -> String {
        state.file(String(MD5.hexadecimal(of: path.utf8).prefix(12)), of: .written)
    }
}
