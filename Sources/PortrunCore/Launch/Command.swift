/// What to run: the words after `--` and the environment they run in.
package struct Command: Sendable, Equatable {
    /// Byte for byte as typed, the name of the program first. Never empty.
    package var arguments: [[UInt8]]
    package var environment: Environment

    package init(arguments: [[UInt8]], environment: Environment) {
        precondition(!arguments.isEmpty, "a command has a name")
        self.arguments = arguments
        self.environment = environment
    }

    /// The program as typed, for messages.
    package var name: String { String(decoding: arguments[0], as: UTF8.self) }

    /// The files that execvp(3) would try for the program, in order.
    ///
    /// A name with a slash is itself. Any other is looked up in the first `PATH` of `environment`, not of this
    /// process; an empty element is the working directory. Without `PATH` it is the system's default.
    package var candidates: [[UInt8]] {
        let name = arguments[0]
        let slash = UInt8(ascii: "/")
        if name.isEmpty { return [] }
        if name.contains(slash) { return [name] }
        let path = environment.bytes(of: "PATH").map(Array.init) ?? Array("/bin:/usr/bin".utf8)
        return path.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { folder in
            folder.isEmpty ? name : Array(folder) + [slash] + name
        }
    }
}
