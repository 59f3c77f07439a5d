import ArgumentParser
import PortrunBase
import PortrunKit

struct DaemonInstallCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Write the files by which systemd or launchd starts the daemon.",
        usage: "portrun daemon install [--door <name>[=<address>]] ... [<options>]",
        discussion: """
            For systemd, these are a user's service and its socket: the first client starts the daemon. Nothing is started \
            by this; the command that does it is printed.

            EXAMPLES
              portrun daemon install
              portrun daemon install --door api
            """)

    @OptionGroup var selection: DaemonSelection
    @OptionGroup var doorOptions: DoorOptions

    @Flag(name: .shortAndLong, help: "Print nothing but the command.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let units = try DaemonUnits.own(selection, doorOptions.arguments, system)
        for file in units.files {
            do throws(FileError) {
                try makeFolders(Path.parent(file.path))
                try FileSystem.replace(file.path, with: Array(file.text.utf8), access: .mode(0o644))
            } catch {
                throw DaemonFileError(path: file.path, error: error)
            }
            if !quiet { Report.notice("`\(file.path)` written") }
        }
        if !quiet { Report.notice("this has the daemon started, now and whenever you log in:") }
        try Report.output(units.start + "\n")
        return 0
    }

    /// The folder at `path` and those above it, as far as they are missing.
    private func makeFolders(_ path: String) throws(FileError) {
        if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, path != "/" else { throw .failed(path: path, code: errno) }
        try makeFolders(Path.parent(path))
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw .failed(path: path, code: errno) }
    }
}

extension DaemonUnits {
    static func own(_ selection: DaemonSelection, _ doors: [String], _ system: System) throws -> DaemonUnits {
        let location = try selection.location(in: system)
        let arguments = [try DaemonProgramFile.find(in: system), "--registry", location.path] + doors
        guard
            let units = try own(
                arguments, socket: DaemonPlace(of: location).socket, hasDoors: !doors.isEmpty, system)
        else { throw NoHomeError() }
        return units
    }
}

/// There is no place for a user's files.
struct NoHomeError: ReportableError {
    var message: String { "`HOME` is not set" }
    var hint: String? { "set `HOME`" }
}

/// A file for a service manager cannot be written or removed.
struct DaemonFileError: ReportableError {
    let path: String
    let error: FileError

    var message: String {
        switch error {
        case .failed(_, let code): "cannot write `\(path)`: \(String(cString: strerror(code)))"
        case .tooLarge, .notAFile, .leftOut, .owner, .untrusted: "cannot write `\(path)`"
        }
    }
}
