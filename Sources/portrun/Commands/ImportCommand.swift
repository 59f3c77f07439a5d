import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunRegistry

struct ImportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Book the ports that a file lists.",
        usage: "portrun import <file> [<options>]",
        discussion: """
            A text file has one line `name:port:description` for each port of this machine; `#` begins a comment. A \
            block is `name:10000-10002:`, a UDP port is `name:5353/udp:`, and `\\:` is a colon in a name. `portrun \
            list --format ports` writes such lines. Such a line changes nothing while its checkout still has the port; \
            otherwise the port is registered for the machine.

            `--from` reads the registry of another tool and changes nothing in it. The ports of portman belong to \
            checkouts; those of port-registry belong to an app and an instance.

            Everything is booked in one transaction. Ports that cannot be booked are listed with file, line and \
            reason, and the exit status is then 1. Importing again changes nothing.

            EXAMPLES
              portrun import ~/.ports
              portrun import --strict ports.txt
              portrun import --from portman ~/.local/share/portman/registry.db
              portrun import --from port-registry registry.sqlite
            """)

    @OptionGroup var placeOptions: PlaceOptions

    @Argument(help: "The file; `-` is standard input.", completion: .file())
    var file: String

    @Option(help: ArgumentHelp("Read the registry of this tool: portman, port-registry.", valueName: "tool"))
    var from: ForeignRegistry.Tool?

    @Flag(help: "Book nothing if anything is refused.")
    var strict = false

    @Flag(help: "Print a JSON object of what was booked and what was refused.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors and what was refused.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(placeOptions.selection, system)
        let list = try list(checkout)
        let registry = try checkout.openRegistry(isQuiet: quiet)
        var refusals = list.refusals
        var booked: [BookingStatus] = []
        do {
            booked = try checkout.change(registry) { transaction, _ in
                // It may be the second time, on another registry.
                refusals = list.refusals
                var bookings: [Booking] = []
                for (place, claim) in list.claims {
                    do {
                        let listed = from == nil ? try transaction.booking(listedAs: claim) : nil
                        if let listed, listed.isEphemeral { try transaction.keepForGood(listed) }
                        let booking = try listed ?? transaction.book(claim, stillResolves: checkout.stillResolves)
                        bookings.append(booking)
                    } catch let error as ClaimError {
                        refusals.append(ImportList.Refusal(place: place, reason: error.message))
                    }
                }
                if strict, !refusals.isEmpty { throw ImportError.refused(file: file, count: refusals.count) }
                try transaction.dropEmptyContexts()
                return try transaction.status(of: bookings)
            }
        } catch ImportError.refused(let file, let count) {
            try report(refusals, booked, list)
            throw ImportError.refused(file: file, count: count)
        }
        try report(refusals, booked, list)
        return refusals.isEmpty ? 0 : 1
    }

    private func list(_ checkout: Checkout) throws -> ImportList {
        // A relative path is seen from the folder that `-C` names, which is the process's by now.
        if let from { return try ImportList(from, at: file, checkout.system) }
        guard file != "-" else { return ImportList(text: try StandardInput.content(), of: file) }
        do {
            return ImportList(text: try FileSystem.read(file), of: file)
        } catch {
            throw ImportError.unreadable(error)
        }
    }

    private func report(
        _ refusals: [ImportList.Refusal], _ booked: [BookingStatus], _ list: ImportList
    ) throws(OutputError) {
        let refusals = refusals.sorted { $0.place < $1.place }
        if json {
            let refused = refusals.map {
                JSONValue.object([
                    "file": .string(file), "\(list.unit)": .integer($0.place), "reason": .string($0.reason),
                ])
            }
            let object: JSONValue = .object(["booked": .array(booked.map(\.json)), "refused": .array(refused)])
            try Report.output(object.text + "\n")
            return
        }
        for refusal in refusals {
            let place = list.unit == "line" ? "\(refusal.place)" : " \(list.unit) \(refusal.place)"
            Report.notice("refused: \(file):\(place): \(refusal.reason)")
        }
        guard !quiet else { return }
        try Report.output(booked.map(from == nil ? \.booking.line : \.line).joined())
    }
}

extension ForeignRegistry.Tool: ExpressibleByArgument {}
