import PortrunBase
import PortrunKit

/// From argv to the exit status of `portrund`.
package struct DaemonProgram: Sendable {
    private let words: [String]
    private let system: System

    package init() {
        words = ProcessArguments.words
        system = .current()
    }

    /// Does not return.
    package func run() async -> Never {
        do {
            if words == ["--help"] || words == ["-h"] { tell(DaemonOptions.help, to: STDOUT_FILENO, status: 0) }
            if words == ["--version"] { tell(Version.description + "\n", to: STDOUT_FILENO, status: 0) }
            let options = try DaemonOptions(words)
            try await serve(options)
            exit(0)
        } catch {
            let error = PortrunError(reporting: error)
            let hint = error.hint.map { "portrund: hint: \(TerminalText.onOneLine($0))\n" } ?? ""
            tell(
                "portrund: error: \(TerminalText.onOneLine(error.message))\n\(hint)", to: STDERR_FILENO,
                status: error.exitStatus)
        }
    }

    private func serve(_ options: DaemonOptions) async throws {
        signal(SIGPIPE, SIG_IGN)
        umask(0o077)
        DescriptorLimit.raise()
        let host = try DaemonHost(version: Version.text, system: system, registry: options.registry) {
            Self.write("portrund: \(TerminalText.onOneLine($0))\n", to: STDERR_FILENO)
        }
        let inherited = try InheritedSockets.take(from: system.environment, pid: host.process.pid)
        let daemon = try await Daemon(host, doors: options.doors, inherited: inherited)
        // What it was started in may go now.
        chdir("/")
        try await daemon.run()
    }

    private func tell(_ text: String, to descriptor: Int32, status: Int32) -> Never {
        Self.write(text, to: descriptor)
        exit(status)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        _ = FileSystem.writeAll(Array(text.utf8), to: descriptor)
    }
}
