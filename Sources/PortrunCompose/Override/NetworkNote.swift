import PortrunBase

/// A note that portrun has made a network, for `gc`: a `down` without portrun leaves it behind.
package struct NetworkNote: Sendable {
    package let network: MainServicesNetwork
    package let owner: FileOwner
    /// The words that call the engine's program: the name of one that is known, and where the engine is.
    package let engine: [String]
    /// Seconds since 1970.
    package let time: Int64
    private let path: String

    /// Writes the note; without it nothing is lost but what `gc` would do.
    package static func save(
        _ network: MainServicesNetwork, of owner: FileOwner, engine: [String], in state: StateFolder
    ) {
        guard let engine = named(engine), (try? FileSystem.makeFolder(state.folder(of: .networks))) != nil else {
            return
        }
        let text = owner.line(after: "#") + JSONValue.array(engine.map { .string($0) }).text + "\n"
        try? FileSystem.replace(state.file(network.name, of: .networks), with: Array(text.utf8))
    }

    /// All notes, in the order of the networks' names.
    package static func all(in state: StateFolder) -> [NetworkNote] {
        state.files(of: .networks).compactMap { NetworkNote(at: $0) }
    }

    private init?(at path: String) {
        let name = Path.lastName(path)
        guard name.hasPrefix(MainServicesNetwork.prefix), let owner = FileOwner(of: path),
            let written = FileSystem.modified(path),
            let content = try? FileSystem.read(path),
            let list = JSONParser.value(of: content.drop { $0 != UInt8(ascii: "\n") })?.elements
        else { return nil }
        network = MainServicesNetwork(project: String(name.dropFirst(MainServicesNetwork.prefix.count)))
        self.owner = owner
        guard let engine = Self.named(list.compactMap(\.string)) else { return nil }
        self.engine = engine
        time = Int64(written.tv_sec)
        self.path = path
    }

    /// The flags that say where an engine is. Others can name programs, or folders of plugins.
    private static let places: Set = [
        "-c", "--context", "-H", "--host", "--connection", "--url", "-n", "--namespace", "-a", "--address",
    ]

    /// `engine` as a note may have it: no file says which program portrun runs, and a program that the user has typed
    /// with its path is found by its name in `PATH`.
    private static func named(_ engine: [String]) -> [String]? {
        guard let program = engine.first.map(Path.lastName), let tool = ComposeTool(rawValue: program),
            !tool.isComposeItself
        else { return nil }
        var words = [program]
        var rest = engine.dropFirst()
        while let word = rest.popFirst() {
            let flag = String(word.prefix { $0 != "=" })
            let isWhole = flag != word
            guard tool.engineFlags.contains(flag) || isWhole else { continue }
            let value = isWhole ? nil : rest.popFirst()
            if places.contains(flag) { words += [word] + (value.map { [$0] } ?? []) }
        }
        return words
    }

    /// Removes the network unless containers of the checkout are on it, and the note once there is none.
    package func settle(environment: Environment) {
        network.remove(by: engine, environment: environment)
        if case .missing = network.state(by: engine, environment: environment) { unlink(path) }
    }
}
