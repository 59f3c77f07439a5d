/// A command to run: the words after `--` and the environment they run in.
package struct Command: Sendable, Equatable {
    /// Byte for byte as typed, the name of the program first. Never empty.
    package var arguments: [[UInt8]]
    package let environment: Environment
    /// The files to try for the program, in order.
    package let candidates: [[UInt8]]
    /// The descriptors of sockets that it gets from 3 on; at most `ListeningSockets.limit`.
    package var sockets: [Int32] = []

    /// - Parameter path: where the program is looked up; nil for the `PATH` of `environment`, not of this process.
    package init(arguments: [[UInt8]], environment: Environment, lookedUpIn path: SearchPath? = nil) {
        self.init(
            arguments: arguments, environment: environment,
            candidates: (path ?? SearchPath(environment)).candidates(for: arguments[0]))
    }

    package init(arguments: [[UInt8]], environment: Environment, candidates: [[UInt8]]) {
        precondition(!arguments.isEmpty, "a command has a name")
        self.arguments = arguments
        self.environment = environment
        self.candidates = candidates
    }

    /// The program as typed, for messages.
    package var name: String { String(decoding: arguments[0], as: UTF8.self) }
}
