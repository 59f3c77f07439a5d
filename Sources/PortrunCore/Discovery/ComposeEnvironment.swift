/// The variables that compose interpolates with: the shell's, then those of env files.
struct ComposeEnvironment {
    private let shell: Environment
    private var fromFiles: [String: String] = [:]

    init(shell: Environment) { self.shell = shell }

    /// A variable of the shell, even an empty one, hides one of a file.
    subscript(name: String) -> String? { shell[name] ?? fromFiles[name] }

    /// Adds what an env file says; of two files the later one wins.
    mutating func add(_ values: [String: String]) {
        fromFiles.merge(values) { _, later in later }
    }

    /// Adds the env file of an included project, which hides nothing that is there already.
    mutating func addBelow(_ values: [String: String]) {
        fromFiles.merge(values) { earlier, _ in earlier }
    }

    /// Sets what compose itself computes, unless the shell has a value.
    mutating func set(_ name: String, to value: String) { fromFiles[name] = value }
}
