import PortrunBase

/// What a command line reaches by an id, in a list or by removing what is unused, and by names that are nobody's here.
extension DockerCommand {
    /// True where it is for an engine that its words name.
    package var namesEngine: Bool {
        let flags = ["-H", "--host", "-c", "--context", "--url", "--connection"]
        return words[1..<verb].contains { word in flags.contains { word == $0 || word.hasPrefix($0 + "=") } }
    }

    /// The tool and what it is to do, such as `docker volume prune`.
    package var typed: String {
        let group = DockerSyntax.groups.contains(words[verb - 1]) ? [words[verb - 1]] : []
        return ([tool.rawValue] + group + [subcommand]).joined(separator: " ")
    }

    /// The names and ids of containers to which the command does something.
    package var changed: [DockerName] {
        Self.reading.contains(subcommand)
            ? [] : names.filter { [.container, .any].contains($0.kind) && !$0.isGiven && !$0.isPart }
    }

    private static let reading: Set = [
        "inspect", "logs", "top", "stats", "diff", "port", "wait", "export", "commit", "exists", "ls", "ps", "list",
        "events",
    ]

    /// Lets a list have no others.
    ///
    /// - Parameter things: those that it may have.
    package func list(only things: [EngineThing], in arguments: inout [[UInt8]]) {
        var filters = things.map { thing in
            // A name is a regular expression.
            thing.id.map { "id=\($0)" } ?? "name=^\(thing.name.replacing(".", with: "\\."))$"
        }
        // No id and no name of a volume is so.
        if filters.isEmpty { filters = listed == .volume ? ["name=^$"] : ["id=none"] }
        addFilters(filters, to: &arguments)
    }

    /// Lets what was made for compose projects stay: of one of them, or of any where there are several, since an engine
    /// takes one value alone.
    package func spare(_ projects: Set<ExactString>, in arguments: inout [[UInt8]]) {
        let value = projects.count == 1 ? projects.first.map { "=\($0.text)" } ?? "" : ""
        addFilters(["label!=com.docker.compose.project" + value], to: &arguments)
    }

    private func addFilters(_ filters: [String], to arguments: inout [[UInt8]]) {
        arguments.insert(contentsOf: filters.flatMap { ["--filter", $0] }.map { Array($0.utf8) }, at: verb + 1)
    }

    /// Takes operands out of the words.
    ///
    /// - Returns: false where the command cannot do without, and stays as it is.
    package func leaveOut(_ left: [DockerName], in arguments: inout [[UInt8]]) -> Bool {
        guard takesAnyNumber, left.count < names.count else { return false }
        for name in left.reversed() { arguments.remove(at: name.place.word) }
        return true
    }
}

extension EngineThing {
    /// Whether a command line means it by `text`.
    package func isCalled(_ text: String) -> Bool {
        if name == text { return true }
        let mayBeID = text.utf8.count >= 4 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        return mayBeID && id?.hasPrefix(text) == true
    }
}

extension DockerName.Kind {
    /// nil for what an engine has no list of that could be narrowed.
    var thing: EngineThing.Kind? {
        switch self {
        case .container: .container
        case .volume: .volume
        case .network: .network
        case .image, .project, .service, .published, .exposed, .any: nil
        }
    }
}
