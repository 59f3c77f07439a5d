import ArgumentParser
import PortrunBase
import PortrunCompose
import PortrunKit

struct AllowCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "allow",
        abstract: "Let the shell hook export the ports of this checkout.",
        usage: "portrun allow [<options>]",
        discussion: """
            The hook of `portrun init` does nothing in a checkout until you have allowed the files that decide its \
            ports: compose files, what they include, and env files. It prints which they are. When one of them \
            changes, the hook says so once and waits for you to read it and allow it again. Below the checkout's root, \
            the files there are allowed as well. `portrun -- COMMAND` and direnv need no allow.

            EXAMPLES
              portrun allow
              portrun allow -C ~/src/shop
            """)

    @OptionGroup var placeOptions: PlaceOptions

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let checkout = try Checkout(placeOptions.selection, system)
        let look = Look()
        let plan = Plan(nil, in: checkout, look)
        let folder = checkout.workingDirectory
        // What nobody can read to its end nobody can have read.
        if let end = look.end { throw DiscoveryError.leftOut(file: end.file(relativeTo: folder), end) }
        if !quiet { plan.warnings.forEach(Report.warning) }
        // It makes portrun's folder, and refuses one that is somebody else's.
        _ = try checkout.openRegistry(isQuiet: quiet)
        try Allowance(look, in: checkout, beside: Allowance(of: checkout)).remember(for: checkout)
        if !quiet {
            let files = look.files.map { TerminalText.onOneLine(Path.shortest($0.path, from: folder)) + "\n" }
            try Report.output(files.joined())
            if files.isEmpty { Report.notice("no file decides the ports here") }
        }
        // Asked now, since an export starts nothing.
        plan.askComposeVersion()
        return 0
    }
}
