import PortrunBase
import PortrunKit
import PortrunRegistry

/// What the daemon is told of the process that it runs in.
package struct DaemonHost: Sendable {
    package let version: String
    package let process: OwnProcess
    /// Where the registry is.
    package let location: RegistryLocation
    /// Seconds since 1970.
    package let startedAt: Int64
    /// Is told what somebody who looks after the daemon should know: a clause without a final period.
    package let tell: @Sendable (String) -> Void
    private let start: System
    private let standingNowhere: Checkout

    /// - Parameters:
    ///   - system: as the process was started.
    ///   - registry: `--registry`, as typed.
    /// - Throws: `RegistryError.noHome`; `ContextError`.
    package init(
        version: String, process: OwnProcess = .current(), system: System, registry: String?,
        tell: @escaping @Sendable (String) -> Void
    ) throws {
        self.version = version
        self.process = process
        self.tell = tell
        startedAt = system.now
        location = try RegistryLocation(option: registry, system: system)
        var start = system
        start.environment = Self.lasting(system.environment)
        // Whatever folder it was started in, it stays in none.
        start.workingDirectory = "/"
        self.start = start
        standingNowhere = try Checkout(start, as: process, location: location, name: Context.machine.label)
    }

    /// The user whom it serves, and nobody else.
    package var uid: UInt32 { process.uid }

    /// The system, with the clocks as they are now.
    package func system() -> System {
        var now = start
        now.readClocks()
        return now
    }

    /// A look from no checkout, for what concerns the machine.
    package func machine() -> Checkout { standingNowhere.later(in: system()) }

    /// The checkout that a client names.
    ///
    /// - Parameters:
    ///   - folder: absolute; nil where it gives a name alone.
    ///   - name: of a context.
    ///   - app: with `instance`, the parts of a name instead.
    /// - Throws: `FolderError`; `ContextError`.
    package func checkout(
        in folder: String?, name: String? = nil, app: String? = nil, instance: String? = nil
    ) throws -> Checkout {
        var system = system()
        if let folder { system.workingDirectory = try ClientFolder.resolved(folder, seenFrom: nil) }
        return try Checkout(system, as: process, location: location, name: name, app: app, instance: instance)
    }

    /// The variables that hold for everybody whom the daemon works for. What a shell had by chance, such as a `PORT`, is
    /// no wish of theirs.
    private static func lasting(_ environment: Environment) -> Environment {
        let names = [
            "HOME", "PATH", "USER", "LOGNAME", "LANG", "TMPDIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR",
            "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
            "GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM",
        ]
        var lasting = Environment()
        for name in names {
            guard let value = environment.bytes(of: name) else { continue }
            lasting.set(name, to: Array(value))
        }
        return lasting
    }
}
