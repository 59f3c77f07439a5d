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
            by this; the command that does it is printed. A file that is there already and is another one is kept as \
            FILE.bak. The doors are those that are named this time: doors of an earlier time that are missing are told of.

            EXAMPLES
              portrun daemon install
              portrun daemon install --door api
            """)

    @OptionGroup var selection: DaemonSelection
    @OptionGroup var doorOptions: DoorOptions

    @Flag(name: .shortAndLong, help: "Print nothing but the command.")
    var quiet = false

    func run(in system: System) throws -> Int32 {
        let units = try DaemonUnits.own(selection, doorOptions.arguments(), system)
        for file in units.files { try check(file) }
        for file in units.files {
            if try write(file) {
                if !quiet { Report.notice("`\(file.path)` written") }
            } else {
                if !quiet { Report.notice("`\(file.path)` stays as it is") }
            }
        }
        if !quiet { Report.notice("this has the daemon started, now and whenever you log in:") }
        try Report.output(units.start + "\n")
        return 0
    }

    /// A link is the user's own word, as that to /dev/null by which systemd is told never to start the unit; and so is a
    /// file that portrun has not written.
    ///
    /// - Throws: `UnitLinkError`; `ForeignUnitError`.
    private func check(_ file: DaemonUnits.File) throws {
        if let target = FileSystem.link(at: file.path) { throw UnitLinkError(path: file.path, target: target) }
        guard FileSystem.kind(of: file.path) == .file else { return }
        let text: [UInt8]
        do { text = try FileSystem.read(file.path) } catch { throw DaemonFileError(path: file.path, error: error) }
        if !file.isOwn(text) { throw ForeignUnitError(path: file.path) }
    }

    /// What the user has changed in the file is kept beside it.
    ///
    /// - Returns: false where the file is as it should be.
    private func write(_ file: DaemonUnits.File) throws -> Bool {
        let new = Array(file.text.utf8)
        do throws(FileError) {
            try makeFolders(Path.parent(file.path))
            if FileSystem.kind(of: file.path) == .file {
                let old = try FileSystem.read(file.path)
                if old == new { return false }
                try FileSystem.replace(file.path + ".bak", with: old, access: .mode(0o644))
                tellOfChange(from: String(decoding: old, as: UTF8.self), to: file)
            }
            try FileSystem.replace(file.path, with: new, access: .mode(0o644))
        } catch {
            throw DaemonFileError(path: file.path, error: error)
        }
        return true
    }

    /// Tells what is no more there, where it is not told by `-q`.
    private func tellOfChange(from old: String, to file: DaemonUnits.File) {
        guard !quiet else { return }
        Report.notice("`\(file.path).bak` has what it was")
        let now = DaemonUnits.doors(in: file.text)
        let dropped = DaemonUnits.doors(in: old).filter { !now.contains($0) }
        guard !dropped.isEmpty else { return }
        let names = dropped.map { "`--door \($0)`" }.joined(separator: ", ")
        Report.notice("it opens no more \(names): name all doors that it is to open")
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

/// Where a file for a service manager belongs, the user has a link.
struct UnitLinkError: ReportableError {
    let path: String
    let target: String

    var message: String { "`\(path)` is a link to `\(target)`, and stays" }
    var hint: String? {
        target == "/dev/null"
            ? "it has the unit masked: `systemctl --user unmask \(Path.lastName(path))`, and say it again"
            : "remove it, and say it again"
    }
}

/// Where a file for a service manager belongs, there is one that portrun has not written.
struct ForeignUnitError: ReportableError {
    let path: String

    var message: String { "portrun has not written `\(path)`, which stays" }
    var hint: String? { "move it away, and say it again" }
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
