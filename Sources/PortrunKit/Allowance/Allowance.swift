import PortrunBase

/// The user's word on the files of a checkout: whether a shell's prompt may act on them by itself.
///
/// Kept in portrun's folder, by the path of the checkout, with the digest of each file: content that nobody has looked
/// at is another content. What the user types is always done, and direnv has its own `direnv allow`.
package struct Allowance: Sendable, Equatable {
    /// The digest of each file that was allowed, by its own path; nil where the user wants nothing to happen.
    private let digests: [ExactString: String]?

    /// True where the user wants nothing to happen, and to hear nothing of it.
    package var isDenied: Bool { digests == nil }

    private static let denied = "denied"

    /// What the user has said of `checkout`; nil where nobody has asked yet, or that cannot be read.
    package init?(of checkout: Checkout) {
        let file = Self.file(of: checkout)
        // Nobody else's word counts.
        guard checkout.state.problem(of: .allowed) == nil, Trust.isFile(file), let content = try? FileSystem.read(file),
            FileOwner(line: content.prefix { $0 != UInt8(ascii: "\n") })?.folder == checkout.context.path
        else { return nil }
        var digests: [ExactString: String] = [:]
        for line in TextLines(content).dropFirst() where !line.isEmpty {
            if line == Self.denied {
                self.digests = nil
                return
            }
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2, case .string(let path)? = JSONParser.value(of: Array(words[1].utf8)[...])
            else { return nil }
            digests[path] = String(words[0])
        }
        self.digests = digests
    }

    private init(digests: [ExactString: String]?) { self.digests = digests }

    /// The user's no.
    package static let denial = Allowance(digests: nil)

    /// The user's yes to the files that a look has read, and to those that were allowed for other folders of the
    /// checkout.
    ///
    /// - Parameter checkout: the one that the look was made in.
    package init(_ look: Look, in checkout: Checkout, beside earlier: Allowance?) {
        let folder = EnteredFolder(checkout)
        var digests = (earlier?.digests ?? [:]).filter { Self.isThere($0.key.text) }
        if let path = look.unreadFile { digests[ExactString(folder.realPath(path))] = nil }
        for (path, content) in look.files {
            digests[ExactString(folder.realPath(path))] = SHA256.hexadecimal(of: content)
        }
        self.digests = digests
    }

    /// The first of the files that a look has read whose content is not what was allowed, or of those allowed one that is
    /// gone: without it, the others may mean something else. nil when all is as it was.
    ///
    /// - Parameter checkout: the one that the look was made in.
    package func objection(to look: Look, in checkout: Checkout) -> Objection? {
        let digests = digests ?? [:]
        let files = look.files
        let folder = EnteredFolder(checkout)
        for (path, content) in files {
            let path = folder.realPath(path)
            guard let digest = digests[path] else { return .new(path) }
            if digest != SHA256.hexadecimal(of: content) { return .changed(path) }
        }
        // It was read when it was allowed.
        if let path = look.unreadFile.map(folder.realPath), digests[path] != nil { return .changed(path) }
        // Others are in other folders of the checkout.
        guard digests.count > files.count else { return nil }
        return digests.keys.map(\.text).sorted().first { !Self.isThere($0) }.map { .gone($0) }
    }

    /// Whether a look could read the file at `path`: a folder in its place, say, would be left out without a question.
    private static func isThere(_ path: String) -> Bool {
        FileSystem.kind(of: path) == .file && access(path, R_OK) == 0
    }

    /// Why nothing is done until the user has looked at a checkout.
    package enum Objection: Sendable, Equatable {
        case unasked
        case changed(String)
        case new(String)
        case gone(String)

        /// The file that it is about, unless it is about all.
        package var path: String? {
            switch self {
            case .unasked: nil
            case .changed(let path), .new(let path), .gone(let path): path
            }
        }

        /// What the user is told, once.
        ///
        /// - Parameter folder: the one that the file is named relative to.
        package func message(relativeTo folder: String) -> String {
            switch self {
            case .unasked: "no ports here until you allow this checkout: read its files, then type: portrun allow"
            case .changed(let path):
                "`\(Path.shortest(path, from: folder))` changed since you allowed it: read it, then type: portrun allow"
            case .new(let path):
                "`\(Path.shortest(path, from: folder))` is new since you allowed the others: read it, then type: "
                    + "portrun allow"
            case .gone(let path):
                "`\(Path.shortest(path, from: folder))`, which you allowed, is gone: see what the ports are now with "
                    + "`portrun explain`, then type: portrun allow"
            }
        }
    }

    /// Remembers it, in portrun's folder, which is there.
    package func remember(for checkout: Checkout) throws(WriteError) {
        do {
            try save(for: checkout)
        } catch {
            throw .notRemembered(error)
        }
    }

    private func save(for checkout: Checkout) throws(FileError) {
        var text = FileOwner(context: "checkout", folder: checkout.context.path).line(after: "#")
        if let digests {
            for (path, digest) in digests.sorted(by: { $0.key.text < $1.key.text }) {
                text += "\(digest) \(JSONValue.string(path.text).text)\n"
            }
        } else {
            text += Self.denied + "\n"
        }
        try FileSystem.makeFolder(checkout.state.folder(of: .allowed))
        try FileSystem.replace(Self.file(of: checkout), with: Array(text.utf8))
    }

    /// The file that it is kept in: a hook looks whether that has changed.
    package static func file(of checkout: Checkout) -> String {
        checkout.state.allowance(ofCheckoutIn: checkout.context.path)
    }
}

extension Look {
    /// The file that was too large to be read; nil for none.
    fileprivate var unreadFile: String? {
        guard let end, case .resource = end.cause, !files.contains(where: { $0.path == end.path }) else { return nil }
        return end.path
    }
}
