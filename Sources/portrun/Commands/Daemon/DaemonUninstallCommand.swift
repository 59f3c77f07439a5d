import ArgumentParser
import PortrunBase
import PortrunKit

struct DaemonUninstallCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall",
        abstract: "Remove the files that `portrun daemon install` has written.",
        usage: "portrun daemon uninstall [<options>]",
        discussion: """
            It is not started any more when you log in. Nothing is stopped by this; the command that does it, now that the \
            files are gone, is printed.

            EXAMPLES
              portrun daemon uninstall
            """)

    @OptionGroup var selection: DaemonSelection

    @Flag(name: .shortAndLong, help: "Print nothing but the command.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let units = try DaemonUnits.own(selection, [], system)
        var isAnyRemoved = false
        for link in units.links where link.isLink {
            if try remove(link.path) { isAnyRemoved = true }
        }
        for file in units.files where isOwn(file) {
            if try remove(file.path) { isAnyRemoved = true }
        }
        guard isAnyRemoved else {
            if !quiet { Report.notice("there is nothing to remove") }
            return 0
        }
        if !quiet { Report.notice("this has the daemon end, if it runs by them:") }
        try Report.output(units.stop + "\n")
        return 0
    }

    /// False for what portrun has not written, as a unit of the user's own and a link.
    private func isOwn(_ file: DaemonUnits.File) -> Bool {
        guard FileSystem.link(at: file.path) != nil || FileSystem.kind(of: file.path) != nil else { return false }
        if FileSystem.link(at: file.path) == nil, let text = try? FileSystem.read(file.path),
            file.isOwn(text)
        {
            return true
        }
        if !quiet { Report.notice("`\(file.path)` stays: `portrun daemon install` has not written it") }
        return false
    }

    /// - Returns: false where nothing stands there.
    private func remove(_ path: String) throws -> Bool {
        guard unlink(path) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return false }
            throw DaemonFileError(path: path, error: .failed(path: path, code: errno))
        }
        if !quiet { Report.notice("`\(path)` removed") }
        return true
    }
}
