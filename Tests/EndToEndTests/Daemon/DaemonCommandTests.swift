import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// `portrun daemon`, which knows of `portrund` nothing but its socket.
@Suite(.timeLimit(.minutes(30)))
struct DaemonCommandTests {
    let project: Project
    private var socket: String { Path.absolute("../portrund.sock", in: project.scratch.registry) }

    init() throws { project = try Project() }

    @Test func startsLooksAndStops() throws {
        #expect(
            try project.run("daemon", "status")
                == Outcome(
                    ending: .exited(1), output: "",
                    errors: "portrun: no daemon runs; `portrun daemon start` starts one\n"))
        let started = try project.run("daemon", "start")
        #expect(started.ending == .exited(0) && started.output == "")
        let status = try project.run("daemon", "status", "--json")
        let document = try #require(JSONParser.value(of: Array(status.output.utf8)[...]))
        let pid = try #require(document["pid"]?.integer)
        defer { kill(Int32(pid), SIGKILL) }
        #expect(started.errors == "portrun: the daemon has started, with the pid \(pid): api on `\(socket)`\n")
        #expect(document["registry"]?.string == project.scratch.registry)
        #expect(
            try project.run("daemon", "start")
                == Outcome(
                    ending: .exited(0), output: "",
                    errors: "portrun: the daemon runs already, with the pid \(pid): api on `\(socket)`\n"))
        let other = try project.run("daemon", "start", "--door", "api")
        #expect(other.ending == .exited(1))
        #expect(other.errors.hasPrefix("portrun: error: the daemon with the pid \(pid) runs without the door `api`\n"))
        let table = try project.run("daemon", "status")
        #expect(table.output.hasPrefix("pid       \(pid)\nversion   "))
        #expect(table.output.hasSuffix("\nregistry  \(project.scratch.registry)\napi       \(socket)\n"))
        #expect(
            try project.run("daemon", "stop")
                == Outcome(
                    ending: .exited(0), output: "", errors: "portrun: the daemon with the pid \(pid) has ended\n"))
        #expect(try project.run("daemon", "stop").ending == .exited(1))
    }

    /// `$(portrun daemon start)` ends, and the daemon goes on: it holds nothing of who started it.
    @Test func goesOnWithoutWhoeverStartedIt() throws {
        let outcome = try project.scratch.shell(
            """
            exec 7>&1
            text=$("$LAUNCHER" daemon start -q --door api=127.0.0.1:0 2>&1)
            echo "done:$text"
            """)
        #expect(outcome == Outcome(ending: .exited(0), output: "done:\n", errors: ""))
        let daemon = try #require(try HTTPConnection(path: socket).ask("GET", "/api/v1/daemon").json["pid"]?.integer)
        defer { kill(Int32(daemon), SIGKILL) }
        #if os(Linux)
            #expect(FileSystem.link(at: "/proc/\(daemon)/cwd") == "/")
            #expect(getsid(Int32(daemon)) == Int32(daemon))
            #expect(FileSystem.link(at: "/proc/\(daemon)/fd/0") == "/dev/null")
            #expect(FileSystem.link(at: "/proc/\(daemon)/fd/7")?.hasPrefix("pipe:") != true)
        #endif
        #expect(try project.run("daemon", "stop", "-q") == Outcome(ending: .exited(0), output: "", errors: ""))
    }

    @Test func becomesTheDaemonInTheForeground() throws {
        let program = try project.scratch.start([Program.portrun, "daemon", "start", "--foreground"])
        let path = socket
        try Deadline.wait(for: "the daemon") { (try? HTTPConnection(path: path)) != nil }
        let daemon = try HTTPConnection(path: socket).ask("GET", "/api/v1/daemon").json["pid"]?.integer
        #expect(daemon == Int(program.pid))
        program.signal(SIGINT)
        #expect(try program.finish() == Outcome(ending: .exited(0), output: "", errors: ""))
    }

    @Test func tellsWhyTheDaemonDidNotStart() throws {
        let outcome = try project.run("daemon", "start", "--door", "nowhere")
        #expect(outcome.ending == .exited(64))
        #expect(
            outcome.errors.hasPrefix("portrun: error: there is no door `nowhere`\nportrun: hint: the doors are `api`"))
    }

    /// Two that are started at once come to one.
    @Test func twoStartsAreOneDaemon() throws {
        let starts = try (0..<4).map { _ in
            try project.scratch.start([Program.portrun, "daemon", "start"])
        }
        let outcomes = try starts.map { try $0.finish() }
        #expect(outcomes.allSatisfy { $0.ending == .exited(0) }, "\(outcomes)")
        #expect(outcomes.count { $0.errors.contains("has started") } == 1)
        #expect(try project.run("daemon", "stop").ending == .exited(0))
    }

    @Test func writesNoLineBreakIntoUnits() throws {
        #if os(Linux)
            let folder = project.scratch.path + "/state\nExecStartPre=touch"
            let outcome = try project.run("daemon", "install", "--registry", folder + "/registry.sqlite")
            #expect(outcome.ending == .exited(1) && outcome.output == "")
            #expect(
                outcome.errors == """
                    portrun: error: a unit of systemd cannot name `\(folder.replacing("\n", with: "?"))/portrund.sock`
                    portrun: hint: name a registry whose path has no control characters with `--registry`

                    """)
            #expect(FileSystem.names(in: project.scratch.home + "/.config/systemd/user") == nil)
        #endif
    }

    @Test func writesAndRemovesUnits() throws {
        #if os(Linux)
            let folder = project.scratch.home + "/.config/systemd/user"
            let outcome = try project.run("daemon", "install", "--door", "api", "-q")
            #expect(
                outcome
                    == .printed(
                        "systemctl --user daemon-reload && systemctl --user enable --now portrund.socket portrund.service\n"
                    ))
            let socket = String(decoding: try FileSystem.read(folder + "/portrund.socket"), as: UTF8.self)
            #expect(socket.contains("ListenStream=\(self.socket)\nSocketMode=0600\n"))
            if let verify = Program.find("systemd-analyze") {
                let checked = try project.scratch.run([
                    verify, "--user", "verify", folder + "/portrund.service", folder + "/portrund.socket",
                ])
                // Where there is no user manager, it says so and nothing of the files.
                #expect(!checked.errors.contains("portrund"), "\(checked.errors)")
            }
            #expect(try project.run("daemon", "uninstall", "-q").ending == .exited(0))
            #expect(FileSystem.names(in: folder) == [])
        #endif
    }

    /// What is printed afterwards works without the files, and nothing is left that would start what is gone.
    @Test func removesWhatStartsTheDaemonAtALogin() throws {
        #if os(Linux)
            let folder = project.scratch.home + "/.config/systemd/user"
            #expect(try project.run("daemon", "install", "-q").ending == .exited(0))
            let (own, another) = (folder + "/sockets.target.wants", folder + "/default.target.wants")
            for path in [own, another] { try #require(mkdir(path, 0o755) == 0) }
            try #require(symlink(folder + "/portrund.socket", own + "/portrund.socket") == 0)
            // Of a package, whose unit is there yet.
            try #require(symlink("/usr/lib/systemd/user/portrund.service", another + "/portrund.service") == 0)
            let outcome = try project.run("daemon", "uninstall")
            #expect(
                outcome
                    == Outcome(
                        ending: .exited(0),
                        output:
                            "systemctl --user stop portrund.socket portrund.service; systemctl --user daemon-reload\n",
                        errors: """
                            portrun: `\(own)/portrund.socket` removed
                            portrun: `\(folder)/portrund.service` removed
                            portrun: `\(folder)/portrund.socket` removed
                            portrun: this has the daemon end, if it runs by them:

                            """))
            #expect(FileSystem.names(in: own) == [])
            #expect(FileSystem.names(in: another) == ["portrund.service"])
            #expect(
                try project.run("daemon", "uninstall")
                    == Outcome(ending: .exited(0), output: "", errors: "portrun: there is nothing to remove\n"))
        #endif
    }

    /// The launcher stands on nothing that the daemon needs. The names of modules are in a binary without symbols, too.
    @Test func theLauncherHasNothingOfTheDaemon() throws {
        func has(_ module: String, _ program: String) throws -> Bool {
            try project.scratch.run(["/usr/bin/env", "grep", "-qF", module, program]).ending == .exited(0)
        }
        #expect(try has("PortrunKit", Program.portrun))
        for module in ["NIOCore", "NIOPosix", "HummingbirdCore", "ServiceLifecycle", "PortrunDaemon"] {
            #expect(try !has(module, Program.portrun), "portrun has something of \(module)")
            #expect(try has(module, Program.portrund))
        }
    }
}
