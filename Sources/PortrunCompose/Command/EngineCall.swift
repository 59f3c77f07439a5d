import PortrunBase

/// The way to an engine's own program: which of the known ones, and the flags that it is called with.
package struct EngineCall: Sendable, Equatable {
    package static let docker = EngineCall(tool: .docker, flags: [])

    private let tool: ComposeTool
    private let flags: [String]

    /// For how long the program may take to answer once.
    private static let patience: Duration = .seconds(30)

    private init(tool: ComposeTool, flags: [String]) {
        self.tool = tool
        self.flags = flags
    }

    /// - Parameter words: those of a command that runs compose, up to `compose` itself.
    init(of tool: ComposeTool, _ words: ArraySlice<String>) {
        switch tool {
        case .dockerCompose: self.init(tool: .docker, flags: [])
        case .podmanCompose: self.init(tool: .podman, flags: [])
        case .docker, .podman, .nerdctl: self.init(tool: tool, flags: Array(words.dropFirst()))
        }
    }

    /// The call that a file tells of; nil unless that is a known program's name, and flags that say which engine.
    ///
    /// Others may name programs, or files that do.
    init?(noted words: [String]) {
        guard let name = words.first, let tool = ComposeTool(named: name), !tool.isComposeItself else { return nil }
        let flags = Self.placeFlags(of: tool, in: words.dropFirst())
        guard flags.hasNoOthers else { return nil }
        self.init(tool: tool, flags: flags.flags)
    }

    /// The words for a file. Without flags that it may not have, another engine may be found, or none.
    var noted: [String] { [tool.rawValue] + Self.placeFlags(of: tool, in: flags[...]).flags }

    /// The exit status, nil when it is not there, was killed or took too long, and all it printed.
    func run(_ arguments: [String], environment: Environment) -> (status: Int32?, output: String) {
        guard let program = CapturedProgram(tool.program, environment: environment) else { return (nil, "") }
        return program.run([tool.rawValue] + flags + arguments, until: Deadline(after: Self.patience))
    }

    private static func placeFlags(
        of tool: ComposeTool, in words: ArraySlice<String>
    ) -> (flags: [String], hasNoOthers: Bool) {
        var flags: [String] = []
        var hasNoOthers = true
        var rest = words
        while let word = rest.popFirst() {
            let (name, attached) = ComposeCommand.split(word, valued: tool.engineFlags)
            let value = attached ?? (tool.engineFlags.contains(name) ? rest.popFirst() : nil)
            if let value, tool.placeFlags.contains(name) {
                flags += [name, value]
            } else {
                hasNoOthers = false
            }
        }
        return (flags, hasNoOthers)
    }
}
