import ArgumentParser
import PortrunBase
import PortrunKit

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
            below 1024 of the other files. It does not matter whether something listens on a port. \
            In a linked worktree the ports of the files are the main one's, and others are booked for them. Exits with 1 when \
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
        let checkout = try Checkout(selectionOptions.selection, system)
        let look = Look()
        let adoption = try Adoption(of: try Plan(declaredBy: nil, in: checkout, look), look)
        adoption.warnings.forEach(Report.warning)
        let results = try adoption.book(in: checkout.openRegistry(isQuiet: quiet), isDryRun: dryRun)
        try report(results, system)
        return results.isEmpty || results.contains { $0.refusal != nil } ? 1 : 0
    }

    private func report(_ results: [AdoptedPort], _ system: System) throws(OutputError) {
        if json {
            try Report.output(JSONValue.array(results.map { $0.json }).text + "\n")
            return
        }
        if results.isEmpty { Report.notice("no ports found") }
        for result in results {
            guard let refusal = result.refusal, let place = result.found.places.first else { continue }
            Report.notice("refused: \(place): \(refusal.message)")
        }
        guard !quiet else { return }
        for case let move? in results.map(\.move) { Report.notice(move.message(isPlanned: dryRun)) }
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
}
