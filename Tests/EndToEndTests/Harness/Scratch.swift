import Foundation
import PortrunBase

/// A folder of its own for one test: a home with an empty registry, and a project outside of git.
final class Scratch {
    let path: String
    let home: String
    let project: String
    let registry: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("portrun-test-\(UUID().uuidString.prefix(8))")
        path = folder.path
        home = path + "/home"
        project = path + "/project"
        registry = path + "/registry.sqlite"
        for folder in [path, home, project] {
            // A registry is refused in a folder that others may write to, as with a umask of 002.
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What every program of the test is started with, unless the test says otherwise.
    var environment: [String] {
        [
            "HOME=\(home)", "PORTRUN_REGISTRY=\(registry)", "PATH=/usr/local/bin:/usr/bin:/bin",
            "LC_ALL=C", "TERM=dumb",
        ]
    }

    /// Starts a program by its path. The folder lasts as long as the program is held.
    func start(_ arguments: [String], environment: [String]? = nil) throws -> RunningProgram {
        try start(
            arguments.map { Array($0.utf8) },
            environment: (environment ?? self.environment).map { Array($0.utf8) })
    }

    /// Likewise, byte for byte.
    func start(_ arguments: [[UInt8]], environment: [[UInt8]]) throws -> RunningProgram {
        let program = try RunningProgram(arguments, environment: environment, directory: project)
        program.keep(self)
        return program
    }

    /// Starts a program on a terminal of its own, with what `shell(_:)` sets and a plain prompt.
    func startOnTerminal(_ arguments: [String]) throws -> TerminalSession {
        let session = try TerminalSession(
            arguments, environment: shellEnvironment + ["PS1=prompt> "], directory: project)
        session.keep(self)
        return session
    }

    /// Runs a program to its end.
    func run(_ arguments: [String], environment: [String]? = nil) throws -> Outcome {
        let program = try start(arguments, environment: environment)
        program.closeInput()
        return try program.finish()
    }

    /// Runs `script` by /bin/sh, with `LAUNCHER`, `PROBE` and `TRANSLATED` naming the programs.
    func shell(_ script: String, environment: [String] = []) throws -> Outcome {
        try run(["/bin/sh", "-c", script], environment: shellEnvironment + environment)
    }

    var shellEnvironment: [String] {
        environment + [
            "LAUNCHER=\(Program.portrun)", "PROBE=\(Program.probe)", "TRANSLATED=\(Program.translated)",
        ]
    }

    func write(_ text: String, to name: String) throws {
        let file = project + "/" + name
        try FileManager.default.createDirectory(
            atPath: Path.parent(file), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    }

    /// Writes a file that can be executed.
    ///
    /// Another process writes it: a program that a parallel test starts in between would hold the file open for
    /// writing, and executing it is ETXTBSY then (execve(2)).
    func writeProgram(_ text: String, to name: String) throws {
        try write("", to: name)
        let file = project + "/" + name
        let writer = try start(["/bin/sh", "-c", "rm \"$1\"; cat >\"$1\"; chmod 755 \"$1\"", "sh", file])
        writer.write(text)
        writer.closeInput()
        _ = try writer.finish()
    }

    func read(_ name: String) throws -> String {
        String(decoding: try FileSystem.read(project + "/" + name), as: UTF8.self)
    }
}
