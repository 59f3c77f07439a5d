import PortrunBase
import PortrunKit

/// The command line of the daemon.
package struct DaemonOptions: Sendable {
    package var registry: String?
    package var doors: [DoorSetting] = []

    package init() {}

    /// - Throws: `DaemonUsageError`; `DoorError`.
    package init(_ words: [String]) throws {
        var words = words[...]
        while let word = words.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let option = String(parts[0])
            guard option == "--registry" || option == "--door" else { throw DaemonUsageError.unknown(word) }
            guard let value = parts.count > 1 ? String(parts[1]) : words.popFirst() else {
                throw DaemonUsageError.noValue(option)
            }
            if option == "--door" { doors.append(try DoorSetting(value)) } else { registry = value }
        }
    }

    /// What `--help` prints.
    package static var help: String {
        """
        portrund serves the registry of portrun over HTTP, on a unix socket beside it, until it gets SIGTERM.
        `portrun daemon start` starts it in the background.

        USAGE: portrund [--registry <path>] [--door <name>[=<address>]] ...

        OPTIONS:
          --registry <path>          Serve this registry file.
          --door <name>[=<address>]  Open a door on an address of this machine, too.
          --version                  Print the version.
          --help                     Print this.

        DOORS:
        \(Door.allCases.map { "  \($0.name)  \($0.summary); \($0.addresses.map(\.description).joined(separator: ", "))\n" }.joined())
        """
    }
}

/// What is wrong with the daemon's command line.
package enum DaemonUsageError: ReportableError, Equatable {
    case unknown(String)
    case noValue(String)

    package var message: String {
        switch self {
        case .unknown(let word): "unknown argument `\(word)`"
        case .noValue(let option): "`\(option)` needs a value"
        }
    }

    package var hint: String? { "`portrund --help` lists the options" }
    package var exitStatus: Int32 { 64 }
}
