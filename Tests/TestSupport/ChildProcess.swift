import PortrunBase

/// A command that a test runs to its end.
package enum ChildProcess {
    package struct Answer: Equatable {
        /// Nil when it was killed.
        package let status: Int32?
        /// Standard output.
        package let output: String

        package init(status: Int32?, output: String) {
            self.status = status
            self.output = output
        }

        /// The output without the line break at its end.
        package var text: String { String(output.hasSuffix("\n") ? output.dropLast() : output[...]) }
    }

    /// Runs a command found in the `PATH` of `environment`, with nothing on its input.
    package static func run(_ arguments: [String], environment: Environment) -> Answer {
        let folders = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(arguments[0])" }
        guard let executable = folders.first(where: { access($0, X_OK) == 0 }) else {
            return Answer(status: 127, output: "")
        }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return Answer(status: nil, output: "") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }

        let actions = UnsafeMutablePointer<CapturedProgram.FileActions>.allocate(capacity: 1)
        let attributes = UnsafeMutablePointer<CapturedProgram.Attributes>.allocate(capacity: 1)
        posix_spawn_file_actions_init(actions)
        posix_spawnattr_init(attributes)
        defer {
            posix_spawn_file_actions_destroy(actions)
            posix_spawnattr_destroy(attributes)
            actions.deallocate()
            attributes.deallocate()
        }
        posix_spawn_file_actions_adddup2(actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        // Swift Testing's threads block most signals, and children inherit that.
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(attributes, &mask)
        posix_spawnattr_setflags(attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        let argv = arguments.map { strdup($0) } + [nil]
        let variables = environment.entries.map { strdup($0 + [0]) } + [nil]
        defer { (argv + variables).forEach { free($0) } }
        var child: pid_t = 0
        let failure = posix_spawn(&child, executable, actions, attributes, argv, variables)
        close(ends[1])
        defer { close(ends[0]) }
        guard failure == 0 else { return Answer(status: 127, output: "") }

        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(ends[0], &chunk, chunk.count)
            if count > 0 { output += chunk[..<count] }
            if count == 0 || (count < 0 && errno != EINTR) { break }
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        return Answer(
            status: status & 0x7F == 0 ? (status >> 8) & 0xFF : nil,
            output: String(decoding: output, as: UTF8.self))
    }
}
