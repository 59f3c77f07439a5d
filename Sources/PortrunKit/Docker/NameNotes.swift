import PortrunBase
import PortrunCompose

/// Notes of the names that commands of a repository have given to containers, volumes and networks.
///
/// By them a checkout knows a name that another one has given. Each is a file of its own, which whoever writes it first
/// leaves to the others.
package struct NameNotes: Sendable {
    private let state: StateFolder
    private let owner: FileOwner
    private let repository: String

    /// - Parameter context: of the checkout; the worktrees and clones of one repository share their notes.
    init(_ context: Context, in state: StateFolder) {
        self.state = state
        owner = context.fileOwner
        repository = Self.key(context.remote ?? context.repository ?? context.path)
    }

    /// What the thing called so is called in a checkout; nil for a name that nobody has noted.
    func name(_ text: String, _ kind: DockerName.Kind) -> OwnName? { read(file(of: text, kind))?.name(kind) }

    /// What a part of a container's name is there, when a command has given such a name.
    func name(ofPart part: String) -> OwnName? {
        for path in state.files(of: .names) where Path.lastName(path).hasPrefix(start(of: .container)) {
            guard let note = read(path) else { continue }
            // Compose makes such a name of the project's and what is behind it.
            if let ending = note.text.start(before: note.ending).flatMap({ part.rest(after: $0) }) {
                return .ofProject(ending: ending)
            }
            if note.text.contains(part) { return .containing(part) }
        }
        return nil
    }

    /// Writes a note, unless there is one; without it nothing is lost but that other checkouts know.
    func add(_ note: NameNote) {
        let path = file(of: note.text, note.kind)
        guard FileSystem.kind(of: path) == nil else { return }
        var ending = ""
        if case .ofProject(let text) = note.name { ending = text }
        try? FileSystem.makeFolder(state.folder(of: .names))
        let line = JSONValue.array([.string(note.text), .string(ending)]).text
        try? FileSystem.replace(path, with: Array((owner.line(after: "#") + line + "\n").utf8))
    }

    /// What a note's second line says.
    private struct Content {
        let text: String
        let ending: String

        func name(_ kind: DockerName.Kind) -> OwnName {
            switch kind {
            case .image: .image(text)
            case .project: .ofDemanded(project: text, ending: "")
            case .container, .volume, .network, .any, .service, .published, .exposed: .ofProject(ending: ending)
            }
        }
    }

    private func read(_ path: String) -> Content? {
        guard let content = try? FileSystem.read(path, limit: 1 << 16),
            let line = JSONParser.value(of: content.drop { $0 != UInt8(ascii: "\n") }.dropFirst())?.elements,
            line.count == 2, let text = line[0].string, let ending = line[1].string
        else { return nil }
        return Content(text: text, ending: ending)
    }

    /// The projects that commands have demanded which `name` may start with: `ci` of `ci-db-1`.
    func projects(of name: String) -> [String] {
        let bytes = name.utf8
        return bytes.indices.filter { [UInt8(ascii: "-"), UInt8(ascii: "_")].contains(bytes[$0]) }
            .map { String(name[..<$0]) }.filter { self.name($0, .project) != nil }
    }

    /// Those of `images` that commands of the repository have built.
    func built(of images: [String]) -> [String] {
        // Most users have no notes.
        guard FileSystem.kind(of: state.folder(of: .names)) != nil else { return [] }
        return images.filter { name($0, .image) != nil }
    }

    private func file(of text: String, _ kind: DockerName.Kind) -> String {
        state.file(start(of: kind) + Self.key(text), of: .names)
    }

    /// What the names of the notes on a kind start with.
    private func start(of kind: DockerName.Kind) -> String { "\(repository)-\(kind.rawValue)-" }

    private static func key(_ text: String) -> String { String(MD5.hexadecimal(of: text.utf8).prefix(12)) }
}

/// A name to note: what is called so in the main worktree, and what it is called in another checkout.
package struct NameNote: Sendable {
    let text: String
    let kind: DockerName.Kind
    let name: OwnName
}
