import ArgumentParser
import PortrunBase
import PortrunKit

struct DenyCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "deny",
        abstract: "Let the shell hook do and say nothing in this checkout.",
        usage: "portrun deny [<options>]",
        discussion: """
            Takes back what `portrun allow` has said. `portrun -- COMMAND` works all the same.

            EXAMPLES
              portrun deny
              portrun deny -C ~/src/shop
            """)

    @OptionGroup var placeOptions: PlaceOptions

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(placeOptions.selection, system)
        _ = try checkout.openRegistry()
        try Allowance.denial.remember(for: checkout)
        return 0
    }
}
