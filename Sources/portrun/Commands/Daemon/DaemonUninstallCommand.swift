import ArgumentParser
import PortrunBase
import PortrunKit

struct DaemonUninstallCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall",
        abstract: "Remove the files that `portrun daemon install` has written.",
        usage: "portrun daemon uninstall [<options>]",
        discussion: """
            Nothing is stopped by this; the command that does it is printed.

            EXAMPLES
              portrun daemon uninstall
            """)

    @OptionGroup var selection: DaemonSelection

    @Flag(name: .shortAndLong, help: "Print nothing but the command.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let units = try DaemonUnits.own(selection, [], system)
        for file in units.files {
            guard unlink(file.path) == 0 else {
                if errno == ENOENT { continue }
                throw DaemonFileError(path: file.path, error: .failed(path: file.path, code: errno))
            }
            if !quiet { Report.notice("`\(file.path)` removed") }
        }
        if !quiet { Report.notice("this has the daemon end, if it runs by them:") }
        try Report.output(units.stop + "\n")
        return 0
    }
}
