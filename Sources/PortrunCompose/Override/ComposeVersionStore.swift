import PortrunBase

/// The versions of compose programs that have been asked before, in a file.
///
/// Only a help: what cannot be read is asked again, and what cannot be written is forgotten.
struct ComposeVersionStore {
    /// Lines of a fingerprint and what the program answered, the latest last; nil where another user may write them.
    private let path: String?

    /// More are never in use at once; an update leaves one behind.
    private static let limit = 16

    init(in state: StateFolder) { path = state.problem == nil ? state.versions : nil }

    func version(for fingerprint: String) -> ComposeVersion? {
        for line in lines where line.hasPrefix(fingerprint + " ") {
            return ComposeVersion(String(line.dropFirst(fingerprint.utf8.count + 1)))
        }
        return nil
    }

    func add(_ version: ComposeVersion, for fingerprint: String) {
        var text = ""
        for line in lines.filter({ !$0.hasPrefix(fingerprint + " ") }).suffix(Self.limit - 1) { text += line + "\n" }
        text += "\(fingerprint) \(version.reader.rawValue) \(version)\n"
        guard let path else { return }
        try? FileSystem.replace(path, with: Array(text.utf8))
    }

    private var lines: [String] {
        guard let path, let content = try? FileSystem.read(path, limit: 1 << 16) else { return [] }
        return String(decoding: content, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
