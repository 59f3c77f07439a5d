import PortrunBase

/// A note that portrun has made a network, for `gc`: a `down` without portrun leaves it behind.
package struct NetworkNote: Sendable {
    package let network: MainServicesNetwork
    package let owner: FileOwner
    package let engine: EngineCall
    /// Seconds since 1970.
    package let time: Int64
    private let path: String

    /// Writes the note; without it nothing is lost but what `gc` would do.
    package static func save(
        _ network: MainServicesNetwork, of owner: FileOwner, engine: EngineCall, in state: StateFolder
    ) {
        guard (try? FileSystem.makeFolder(state.folder(of: .networks))) != nil else { return }
        let text = owner.line(after: "#") + JSONValue.array(engine.noted.map { .string($0) }).text + "\n"
        try? FileSystem.replace(state.file(network.name, of: .networks), with: Array(text.utf8))
    }

    /// All notes, in the order of the networks' names.
    package static func all(in state: StateFolder) -> [NetworkNote] {
        state.files(of: .networks).compactMap { NetworkNote(at: $0) }
    }

    private init?(at path: String) {
        let name = Path.lastName(path)
        guard let project = name.rest(after: MainServicesNetwork.prefix), let owner = FileOwner(of: path),
            let written = FileSystem.modified(path),
            let content = try? FileSystem.read(path),
            let list = JSONParser.value(of: content.drop { $0 != UInt8(ascii: "\n") })?.elements,
            let engine = EngineCall(noted: list.compactMap(\.string))
        else { return nil }
        network = MainServicesNetwork(project: project)
        self.owner = owner
        self.engine = engine
        time = Int64(written.tv_sec)
        self.path = path
    }

    /// Removes the network unless containers of the checkout are on it, and the note once there is none.
    package func settle(environment: Environment) {
        network.remove(by: engine, environment: environment)
        if case .missing = network.state(by: engine, environment: environment) { unlink(path) }
    }
}
