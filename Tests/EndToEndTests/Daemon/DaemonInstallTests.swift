#if os(Linux)
    import Foundation
    import PortrunBase
    import Testing

    /// What `portrun daemon install` does with a file that is there already.
    @Suite(.timeLimit(.minutes(10)))
    struct DaemonInstallTests {
        let project: Project
        private var folder: String { project.scratch.home + "/.config/systemd/user" }
        private var service: String { folder + "/portrund.service" }

        init() throws { project = try Project() }

        @Test func saysWhereNothingIsToBeDone() throws {
            try #require(try project.run("daemon", "install", "-q").ending == .exited(0))
            let outcome = try project.run("daemon", "install")
            #expect(outcome.ending == .exited(0))
            #expect(
                outcome.errors.hasPrefix(
                    """
                    portrun: `\(service)` stays as it is
                    portrun: `\(folder)/portrund.socket` stays as it is

                    """), "\(outcome)")
            #expect(Set(FileSystem.names(in: folder) ?? []) == ["portrund.service", "portrund.socket"])
        }

        /// What the user has added is not lost.
        @Test func keepsWhatTheUserHasChanged() throws {
            try #require(try project.run("daemon", "install", "-q").ending == .exited(0))
            let own = try FileSystem.read(service)
            try project.scratch.write("[Service]\nNice=5\n", to: "../home/.config/systemd/user/portrund.service")
            try #require(try project.run("daemon", "install", "-q").ending == .exited(0))
            #expect(try FileSystem.read(service) == own)
            #expect(try FileSystem.read(service + ".bak") == Array("[Service]\nNice=5\n".utf8))
        }

        /// As `daemon start` does.
        @Test(arguments: [
            ("nosuch", "there is no door `nosuch`"), ("api=127.0.0.1:99999", "`99999` is no port from 1 to 65535"),
            ("api=0.0.0.0:8080", "`0.0.0.0:8080` is no address that only this machine can reach"),
        ])
        func writesNothingForADoorThatCannotBe(_ door: String, _ message: String) throws {
            let outcome = try project.run("daemon", "install", "--door", door)
            #expect(outcome.ending == .exited(64) && outcome.output == "", "\(outcome)")
            #expect(outcome.errors.hasPrefix("portrund: error: \(message)\nportrund: hint: "), "\(outcome)")
            #expect(FileSystem.names(in: folder) == nil)
        }

        @Test func removesNoneOfSomebodyElse() throws {
            try #require(try project.run("daemon", "install", "-q").ending == .exited(0))
            let path = "../home/.config/systemd/user/portrund.service"
            try project.scratch.write("[Service]\nExecStart=/opt/other\n", to: path)
            let outcome = try project.run("daemon", "uninstall")
            #expect(
                outcome.errors.hasPrefix(
                    "portrun: warning: `\(service)` is not what this portrun writes, and stays\n"), "\(outcome)")
            #expect(FileSystem.names(in: folder) == ["portrund.service"])
        }

        /// A unit that the user has masked, or has from elsewhere, is not taken from there without a word.
        @Test(arguments: [
            ("/dev/null", "it has the unit masked: `systemctl --user unmask portrund.service`, and say it again"),
            ("/elsewhere/portrund.service", "remove it, and say it again"),
        ])
        func leavesALinkAlone(_ target: String, _ hint: String) throws {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try #require(symlink(target, service) == 0)
            #expect(
                try project.run("daemon", "install")
                    == .failed(
                        125,
                        """
                        portrun: error: `\(service)` is a link to `\(target)`, and stays
                        portrun: hint: \(hint)

                        """))
            #expect(FileSystem.link(at: service) == target)
            #expect(FileSystem.names(in: folder) == ["portrund.service"])
        }
    }
#endif
