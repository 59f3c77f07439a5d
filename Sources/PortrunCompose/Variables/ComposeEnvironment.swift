import PortrunBase

/// The variables that compose interpolates with: the shell's, then those of env files.
struct ComposeEnvironment {
    private let shell: Environment
    private var fromFiles: [ExactString: String] = [:]
    var hasFileVariables: Bool { !fromFiles.isEmpty }
    /// The variables that values in env files refer to for more than the port of a local host.
    private(set) var references: Set<ExactString> = []

    init(shell: Environment) { self.shell = shell }

    /// A variable of the shell, even an empty one, hides one of a file.
    subscript(name: String) -> String? { shell[name] ?? fromFiles[name] }

    /// Adds what an env file says; of two files the later one wins.
    mutating func add(_ file: DotenvFile) {
        fromFiles.merge(file.values) { _, later in later }
        references.formUnion(file.references)
    }

    /// Adds env files, of which the later wins, so that they hide nothing that is there already.
    mutating func addBelow(_ files: [DotenvFile]) {
        for file in files.reversed() {
            fromFiles.merge(file.values) { earlier, _ in earlier }
            references.formUnion(file.references)
        }
    }

    /// Sets what compose itself computes, unless the shell has a value.
    mutating func set(_ name: String, to value: String) { fromFiles[name] = value }
}
