/// The checkout that a file in portrun's folder was written for, as the file's first line tells.
package struct FileOwner: Sendable, Equatable {
    /// The hash of the context.
    package let context: String
    /// The context's folder.
    package let folder: String

    package init(context: String, folder: String) {
        self.context = context
        self.folder = folder
    }

    private static let mark = "written by portrun for "

    /// The line, a comment after `sign`, with its end.
    package func line(after sign: String) -> String {
        "\(sign) \(Self.mark)\(context) \(JSONValue.string(folder).text)\n"
    }

    /// The owner that the first line of the file at `path` names; nil for a file that is none of these.
    package init?(of path: String) {
        guard let content = try? FileSystem.read(path, limit: 1 << 20) else { return nil }
        self.init(line: content.prefix { $0 != UInt8(ascii: "\n") })
    }

    /// The owner that a line names, without its end; nil for a line that is none of these.
    package init?(line: ArraySlice<UInt8>) {
        let line = String(decoding: line, as: UTF8.self)
        let words = line.split(separator: " ", maxSplits: 6, omittingEmptySubsequences: false)
        guard words.count == 7, words[1..<5].joined(separator: " ") + " " == Self.mark,
            case .string(let folder)? = JSONParser.value(of: Array(words[6].utf8)[...])
        else { return nil }
        self.init(context: String(words[5]), folder: folder)
    }

    /// The files in `state` that have one, in the order of their names.
    package static func files(in state: StateFolder) -> [(path: String, owner: FileOwner)] {
        var files: [(path: String, owner: FileOwner)] = []
        for part in [StateFolder.Part.overrides, .preload, .names, .allowed] {
            for path in state.files(of: part) {
                if let owner = FileOwner(of: path) { files.append((path, owner)) }
            }
        }
        return files
    }
}
