import PortrunBase
import PortrunRegistry

/// The findings of `doctor` in the registry and around its file.
package struct RegistryExamination {
    package private(set) var findings: [Finding] = []

    /// Examines the file and what is around it, before anybody opens it: opening makes what is missing, with the right
    /// permissions.
    package init(_ location: RegistryLocation) {
        let state = location.state
        for problem in state.problems { add(.permissions, problem.message, step: problem.hint ?? "") }
        for suffix in ["", "-wal", "-shm"] { findPermissions(of: location.path + suffix, in: state) }
        findReadOnly(location)
        if location.isOnNetworkFileSystem {
            add(
                .networkFileSystem, "`\(location.folder)` is shared between machines, so the registry is slower there",
                step: "name a file on a local disk with `PORTRUN_REGISTRY`")
        }
    }

    /// Examines what is in the registry, and changes nothing.
    ///
    /// - Parameter containers: those that may hold bookings.
    package mutating func examine(_ registry: Registry, of checkout: Checkout, beside containers: [Container]) throws {
        let facts = checkout.facts(beside: containers)
        try registry.read(on: facts) { try examine($0, facts) }
    }

    /// Notes why the registry cannot be opened, unless it has been found by then.
    ///
    /// - Throws: the error, where it is none of those that a launch is to find again: damage, a file of another program.
    package mutating func note(_ error: RegistryError) throws {
        switch error {
        case .untrusted, .folder, .unusable, .readOnly, .full:
            guard findings.isEmpty else { return }
            add(.readOnly, error.message, step: error.hint ?? "")
        case .noHome, .busy, .interrupted, .corrupt, .foreign, .nested, .newer, .failed: throw error
        }
    }

    /// Notes what opening or reading the registry came upon.
    package mutating func note(_ warnings: [Warning]) {
        for warning in warnings {
            add(.integrity, warning.text, step: "look whether the file that was set aside is worth restoring")
        }
    }

    private mutating func examine(_ reader: Reader, _ facts: SystemFacts) throws {
        for problem in try reader.integrityProblems() {
            add(.integrity, problem, step: "move the registry's file away; a new one is made")
        }
        for status in try reader.status() where status.state == .listening {
            try findStranger(on: status)
        }
        let ephemeral = facts.ephemeralPorts()
        for kind in ServiceKind.allCases {
            let range = try reader.range(of: kind)
            guard range.overlaps(ephemeral) else { continue }
            add(
                .ranges,
                "the range of \(kind.rawValue), \(range), overlaps \(ephemeral), from which the kernel hands out ports by itself",
                step: "`portrun config --set-range \(kind.rawValue):FIRST-LAST` changes it")
        }
        let dead = try reader.deadLeases(.all)
        if !dead.isEmpty {
            add(.deadLeases, "leases whose holder is gone: \(dead.count)", step: "`portrun gc` reaps them")
        }
    }

    /// A name that is registered for the machine is there for a program that portrun does not know. A command of the
    /// checkout is no stranger there, though its lease is for another service.
    private mutating func findStranger(on status: BookingStatus) throws {
        guard !status.context.isMachine else { return }
        let booking = status.booking
        for port in booking.ports.ports.prefix(16) {
            guard let listener = try Listener.all(on: port, booking.transport).first,
                listener.process?.isContainerEngine != true, listener.process?.isServer(of: status) != true
            else { continue }
            let program = listener.process.map { "pid \($0.pid) (\($0.command))" } ?? "an unknown process"
            return add(
                .strangers, "\(program) listens on \(port), booked for \(status.context.label) \(booking.service)",
                step: "end it, or give the port up: `portrun release --id \(booking.id)`")
        }
    }

    private mutating func findPermissions(of path: String, in state: StateFolder) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        if let problem = Trust.problem(of: status, at: path, served: state.path) {
            add(.permissions, problem.message, step: problem.hint ?? "")
        } else if status.st_mode & 0o077 != 0 {
            add(
                .permissions, "other users have access to the file `\(path)`",
                step: "chmod 600 \(ExportFormat.shellQuoted(path))")
        }
    }

    mutating func add(_ check: Finding.Check, _ message: String, step: String) {
        findings.append(Finding(check, message, step: step))
    }
}
