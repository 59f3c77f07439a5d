import ArgumentParser
import PortrunBase
import PortrunKit

struct DoctorCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look for trouble in the registry and in the tools that portrun works with.",
        usage: "portrun doctor [<options>]",
        discussion: """
            Checks the registry's integrity, who may read and write it and what is beside it, whether it can be \
            written, whether it lies on a network file system, dead leases, bookings on whose port a stranger listens, \
            ranges that overlap the ports that the kernel hands out by itself, a `.envrc` that direnv does not load, a \
            compose too old for `!override`, and one that another user could replace. Each finding comes \
            with a next step. Changes nothing, except that it sets a corrupt registry aside. Exits with 1 when it \
            finds something.

            EXAMPLES
              portrun doctor
              portrun doctor --json
            """)

    @OptionGroup var placeOptions: PlaceOptions

    @Flag(help: "Print a JSON array, one object per finding.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing; the exit status is the answer.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let findings = try Checkout(placeOptions.selection, system).examine()
        if json {
            try Report.output(JSONValue.array(findings.map(\.json)).text + "\n")
        } else if !quiet {
            try Report.output(findings.isEmpty ? "no trouble found\n" : findings.map(\.text).joined())
        }
        return findings.isEmpty ? 0 : 1
    }
}
