import ArgumentParser
import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunRegistry

struct AdoptCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Find the ports that a project's files bind, and book them for this checkout.",
        usage: "portrun adopt [<options>]",
        discussion: """
            Reads compose files with all profiles. Beside them and in the working directory, it also reads \
            package.json scripts, `.env` and `.env.…`, Procfiles and makefiles. A service has the name that a launch \
            here gives it. Each port is listed with the files and lines that name it. A port that the checkout already \
            has stays as it is. Ports that compose files name only inside containers are left out, and so are ports \
            below 1024 of the other files. It does not matter whether something listens on a port. Exits with 1 when \
            somebody else has one of the ports, or when nothing is found.

            EXAMPLES
              portrun adopt --dry-run
              portrun adopt -C apps/web
            """)

    @OptionGroup var selectionOptions: SelectionOptions

    @Flag(help: "Show what would be booked, and book nothing.")
    var dryRun = false

    @Flag(help: "Print a JSON array, one object per port.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors and what was refused.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let workplace = try Workplace(selectionOptions.selection, system, isQuiet: quiet)
        let project = try ComposeReader.read(workplace.composeRequest())
        let adoption = Adoption(
            project?.ports ?? [], of: project?.directory, workplace.context, in: workplace.workingDirectory,
            environment: workplace.userEnvironment)
        adoption.warnings.forEach(Report.warning)
        let facts = workplace.facts()
        let results = try workplace.openRegistry().write(on: facts, isDryRun: dryRun) { transaction in
            try transaction.reapDeadLeases(.oldest)
            return try adoption.ports.map { try book($0, workplace, transaction) }
        }
        try report(results, system)
        return results.isEmpty || results.contains { $0.refusal != nil } ? 1 : 0
    }

    /// A port that was found, and the result of booking it.
    private struct Adopted {
        /// The port, under the name that it has now.
        var found: FoundPort
        /// The context had it before.
        var isKept = false
        var refusal: ClaimError?
    }

    /// Books a port that was found. A port that the context has already keeps its name.
    private func book(_ found: FoundPort, _ workplace: Workplace, _ transaction: Transaction) throws -> Adopted {
        let (record, context) = try transaction.record(workplace.context, stillResolves: workplace.stillResolves)
        let existing = try transaction.bookings(of: record).first {
            $0.transport == found.transport && $0.ports.first <= found.ports.first && found.ports.last <= $0.ports.last
        }
        if let existing {
            var known = found
            known.service = existing.service
            if existing.isEphemeral { try transaction.keepForGood(existing) }
            return Adopted(found: known, isKept: true)
        }
        var claim = Claim(
            context: context, service: found.service, port: found.ports.first, target: found.target,
            variable: found.variable)
        claim.count = found.ports.count
        claim.transport = found.transport
        do {
            _ = try transaction.book(claim, stillResolves: workplace.stillResolves)
            return Adopted(found: found)
        } catch let error as ClaimError {
            return Adopted(found: found, refusal: error)
        }
    }

    private func report(_ results: [Adopted], _ system: System) throws(OutputError) {
        if json {
            try Report.output(JSONValue.array(results.map { $0.found.json(refusal: $0.refusal) }).text + "\n")
            return
        }
        if results.isEmpty { Report.notice("no ports found") }
        for result in results {
            guard let refusal = result.refusal, let place = result.found.places.first else { continue }
            Report.notice("refused: \(place): \(refusal.message)")
        }
        guard !quiet else { return }
        var table = Table(
            columns: ["service", "port", "found in", "result"], isAligned: system.isStandardOutputTerminal)
        for result in results where result.refusal == nil {
            table.add(result.found.row + [result.isKept ? "kept" : dryRun ? "would book" : "booked"])
        }
        try Report.output(table.text)
    }
}

extension FoundPort {
    fileprivate var row: [String] {
        let port = transport == .tcp ? "\(ports)" : "\(ports)/\(transport.rawValue)"
        return [service.description, port, places.map(\.description).joined(separator: ", ")]
    }

    fileprivate func json(refusal: ClaimError?) -> JSONValue {
        .object([
            "service": .string(service.description), "port": .integer(Int(ports.first.number)),
            "count": .integer(ports.count), "protocol": .string(transport.rawValue),
            "target": .integer(orNull: target.map { Int($0.number) }), "variable": .string(orNull: variable),
            "found": .array(
                places.map { .object(["file": .string($0.file), "line": .integer($0.line)]) }),
            "refused": .string(orNull: refusal?.message),
        ])
    }
}
