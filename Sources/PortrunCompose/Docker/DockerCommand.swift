import PortrunBase

/// A command line of docker, podman or nerdctl, taken apart as far as it names things or publishes ports.
package struct DockerCommand: Sendable, Equatable {
    package let tool: ComposeTool
    /// The command line; the first is the program.
    let words: [String]
    /// `exec`, `run`, …
    package let subcommand: String
    /// In the order in which they are read.
    package private(set) var names: [DockerName] = []
    /// The values of `-p`.
    private(set) var published: [PublishedValue] = []
    /// The env files that the container is given, as written.
    package private(set) var envFiles: [String] = []
    /// The container has the network of the machine.
    package private(set) var isOnHostNetwork = false
    /// What it lists, without being asked for some of them by their ids.
    package private(set) var listed: EngineThing.Kind?
    /// It removes whatever nobody uses.
    package private(set) var isPrune = false
    /// The place of the subcommand among the words.
    let verb: Int
    /// One operand less is still a command.
    private(set) var takesAnyNumber = false

    /// The command in `words`, whose first is the program; nil when it is another program's or compose's, and when it
    /// names nothing and publishes nothing.
    package init?(_ words: [String]) {
        guard let tool = ComposeTool(running: words), !tool.isComposeItself else { return nil }
        let engineFlags = tool.engineFlags
        var flags = CommandFlags(words, from: 1) { engineFlags.contains($0) }
        while flags.next() != nil {}
        var position = flags.position
        guard position < words.count else { return nil }
        var group: String?
        if DockerSyntax.groups.contains(words[position]) {
            group = words[position]
            position += 1
        }
        guard position < words.count else { return nil }
        self.tool = tool
        self.words = words
        verb = position
        subcommand = words[position]
        if subcommand == "prune", group.map(DockerSyntax.pruned.contains) == true {
            isPrune = true
            return
        }
        guard let syntax = DockerSyntax(group, subcommand) else { return nil }
        read(syntax, from: position + 1)
        if subcommand != "cp" { names = names.map(\.withoutSlash) }
        guard !names.isEmpty || !published.isEmpty || listed != nil else { return nil }
    }

    /// True for the subcommands that make a container.
    package var makesContainer: Bool { subcommand == "run" || subcommand == "create" && image != nil }

    /// The name that the command gives its container.
    package var givenName: String? { names.first { $0.kind == .container && $0.isGiven }?.text }

    /// The image of the container that the command makes.
    package var image: String? { names.first { $0.kind == .image }?.text }

    private mutating func read(_ syntax: DockerSyntax, from position: Int) {
        if case .filtered(let kind) = syntax.operands, subcommand != "events" { listed = kind.thing }
        if case .all = syntax.operands { takesAnyNumber = true }
        // podman has a switch of this name there.
        let isPodmansLogs = tool == .podman && subcommand == "logs"
        var flags = CommandFlags(words, from: position) { syntax.takesValue($0) && !(isPodmansLogs && $0 == "-n") }
        guard syntax.hasFlagsBehindOperands else {
            while let flag = flags.next() { take(flag, syntax) }
            if flags.position < words.count { take([CommandWord(words[flags.position], word: flags.position)], syntax) }
            return
        }
        var found: [CommandFlags.Flag] = []
        let operands = flags.readAll { found.append($0) }
        // What goes straight to a registry is called as it is to be called there.
        if case .built = syntax.operands, found.contains(where: { $0.isPush }) { return }
        for flag in found { take(flag, syntax) }
        take(operands, syntax)
    }

    /// True for a command that gives an image the tag which it has in a registry, and can give it no other.
    package var pullsImage: Bool { subcommand == "pull" }

    private mutating func take(_ operands: [CommandWord], _ syntax: DockerSyntax) {
        switch syntax.operands {
        case .filtered, .built: break
        case .first(let kind): names += operands.prefix(1).map { DockerName(kind, $0) }
        case .entered: names += operands.prefix(1).map { DockerName(.container, $0) }
        case .all(.image), .pulled:
            names += operands.compactMap { operand in operand.imageTag(of: tool).map { DockerName(.image, $0) } }
        case .all(let kind): names += operands.map { DockerName(kind, $0) }
        case .copied:
            for operand in operands where operand.text.utf8.contains(UInt8(ascii: ":")) {
                names.append(DockerName(.container, operand.prefix(to: ":")))
            }
        case .renamed:
            names += operands.prefix(1).map { DockerName(.container, $0) }
            names += operands.dropFirst().prefix(1).map { .given(.container, $0) }
        case .run: names += operands.prefix(1).map { DockerName(.image, $0) }
        case .networkThenContainer:
            names += operands.prefix(1).map { DockerName(.network, $0) }
            names += operands.dropFirst().prefix(1).map { DockerName(.container, $0) }
        case .made(let kind): names += operands.prefix(1).map { .given(kind, $0) }
        case .tagged(let kind):
            if let kind { names += operands.prefix(1).map { DockerName(kind, $0) } }
            names += operands.dropFirst().compactMap { operand in operand.imageTag(of: tool).map { .given(.image, $0) }
            }
        }
    }

    private mutating func take(_ flag: CommandFlags.Flag, _ syntax: DockerSyntax) {
        guard let value = flag.value else { return }
        switch syntax.operands {
        case .run: takeRun(flag.name, value)
        case .built where flag.name == "-t" || flag.name == "--tag": names.append(.given(.image, value))
        case .networkThenContainer where flag.name == "--link": takeLink(value)
        case .filtered(let kind) where flag.name == "-f" || flag.name == "--filter": takeFilter(value, kind)
        case .filtered, .first, .entered, .all, .copied, .renamed, .networkThenContainer, .made, .built, .tagged,
            .pulled:
            break
        }
    }

    private mutating func takeRun(_ flag: String, _ value: CommandWord) {
        switch flag {
        case "--name": names.append(.given(.container, value))
        case "-p", "--publish": published.append(PublishedValue(value))
        case "--env-file": envFiles.append(value.text)
        case "--volumes-from": names.append(DockerName(.container, value.prefix(to: ":")))
        case "--link": takeLink(value)
        case "--pid", "--ipc": takeContainer(value)
        case "--network", "--net": takeNetwork(value)
        case "-v", "--volume":
            let source = value.prefix(to: ":")
            guard source.text != value.text else { return }
            let options = value.text.split(separator: ":").dropFirst(2).flatMap { $0.split(separator: ",") }
            takeVolume(source, isReadOnly: options.contains("ro"))
        case "--mount":
            let fields = value.fields
            guard fields.first(where: { $0.key == "type" })?.value.text ?? "volume" == "volume",
                let source = fields.first(where: { $0.key == "source" || $0.key == "src" })?.value
            else { return }
            let readOnly = fields.first { $0.key == "readonly" || $0.key == "ro" }
            takeVolume(source, isReadOnly: readOnly.map { ["", "true", "1"].contains($0.value.text) } ?? false)
        default: break
        }
    }

    private mutating func takeLink(_ value: CommandWord) {
        let other = value.prefix(to: ":")
        var name = DockerName(.container, other)
        name.isBareLink = other.text == value.text
        names.append(name)
    }

    /// `container:NAME`; false for anything else.
    @discardableResult
    private mutating func takeContainer(_ value: CommandWord) -> Bool {
        guard let name = value.dropping("container:") else { return false }
        names.append(DockerName(.container, name))
        return true
    }

    /// A network, or one with settings: docker's `name=x,alias=y`, podman's `x:alias=y`.
    private mutating func takeNetwork(_ value: CommandWord) {
        if takeContainer(value) { return }
        if value.text == "host" { isOnHostNetwork = true }
        let named = value.fields.first { $0.key == "name" }?.value
        names.append(DockerName(.network, named ?? value.prefix(to: ":")))
    }

    /// The source of a mount is a path when it looks like one, and a volume's name else.
    private mutating func takeVolume(_ source: CommandWord, isReadOnly: Bool) {
        guard let first = source.text.unicodeScalars.first, !"./~$".unicodeScalars.contains(first),
            !source.text.contains("/")
        else { return }
        var name = DockerName(.volume, source)
        name.isMounted = true
        name.isReadOnly = isReadOnly
        names.append(name)
    }

    /// The start of a filter by compose's project.
    static let projectLabel = "label=com.docker.compose.project="

    /// `name=db`, also as `name=^/db$`.
    private mutating func takeFilter(_ value: CommandWord, _ kind: DockerName.Kind) {
        // Two filters of a kind find what either finds.
        if value.text.hasPrefix("id=") || kind == .volume && value.text.hasPrefix("name=") { listed = nil }
        let kinds: [(String, DockerName.Kind)] = [
            ("name=", kind), ("container=", .container), ("volume=", .volume), ("network=", .network),
            ("ancestor=", .image), ("image=", .image), (Self.projectLabel, .project),
            ("label=com.docker.compose.service=", .service), ("publish=", .published), ("expose=", .exposed),
        ]
        let listedKind = kind
        for (start, kind) in kinds {
            guard var name = value.dropping(start) else { continue }
            if kind == .published || kind == .exposed {
                let number = name.prefix(to: "/")
                if !name.text.hasSuffix("/udp"), Port(number.text) != nil { names.append(DockerName(kind, number)) }
                return
            }
            for mark in ["^", "/"] { name = name.dropping(mark) ?? name }
            let whole = name.prefix(to: "$")
            var found = DockerName(kind, whole)
            found.isPart = (kind == .container || kind == listedKind) && whole.text == name.text
            names.append(found)
            return
        }
    }
}

extension CommandFlags.Flag {
    /// `--push`, `--output type=registry`, `-o type=image,push=true`
    fileprivate var isPush: Bool {
        if name == "--push" { return true }
        guard name == "-o" || name == "--output", let value else { return false }
        return value.fields.contains { field in
            (field.key == "type" && field.value.text == "registry")
                || (field.key == "push" && field.value.text == "true")
        }
    }
}
