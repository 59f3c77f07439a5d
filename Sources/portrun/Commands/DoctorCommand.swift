import ArgumentParser
import PortrunBase

struct DoctorCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look for trouble in the registry and in the tools that portrun works with.",
        usage: "portrun doctor [<options>]",
        discussion: """
            Checked are: the registry's integrity, who may read and write it, whether it lies on a network file system, \
            dead leases, bookings on whose port a stranger listens, ranges among the ports that the kernel hands out by \
            itself, a `.envrc` that direnv does not load, and a compose too old for `!override`. Each finding comes with \
            a next step. Nothing is changed, but that a corrupt registry is set aside. Exits with 1 when something was \
            found.

            EXAMPLES
              portrun doctor
              portrun doctor --json
            """)

    @OptionGroup var placeOptions: PlaceOptions

    @Flag(help: "Print a JSON array, one object a finding.")
    var json = false

    @Flag(name: .shortAndLong, help: "Only set the exit status.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let workplace = try Workplace(placeOptions.selection, system, isQuiet: quiet)
        let findings = try RegistryExamination(workplace).findings + ToolExamination(workplace).findings
        if json {
            try Report.output(JSONValue.array(findings.map(\.json)).text + "\n")
        } else if !quiet {
            try Report.output(findings.isEmpty ? "no trouble found\n" : findings.map(\.text).joined())
        }
        return findings.isEmpty ? 0 : 1
    }
}
