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
            let changed = own + Array("Nice=5\n".utf8)
            try FileSystem.replace(service, with: changed)
            try #require(try project.run("daemon", "install", "-q").ending == .exited(0))
            #expect(try FileSystem.read(service) == own)
            #expect(try FileSystem.read(service + ".bak") == changed)
        }

        /// Nor is it deleted or written over when it is none of portrun's.
        @Test func leavesAnothersUnitAlone() throws {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let text = Array("[Unit]\nDescription=mine\n".utf8)
            try FileSystem.replace(service, with: text)
            #expect(
                try project.run("daemon", "install")
                    == .failed(
                        125,
                        """
                        portrun: error: portrun has not written `\(service)`, which stays
                        portrun: hint: move it away, and say it again

                        """))
            #expect(FileSystem.names(in: folder) == ["portrund.service"])
            let gone = try project.run("daemon", "uninstall")
            #expect(
                gone.errors == """
                    portrun: `\(service)` stays: `portrun daemon install` has not written it
                    portrun: there is nothing to remove

                    """)
            #expect(try FileSystem.read(service) == text)
        }

        @Test func tellsOfDoorsThatAreDropped() throws {
            try #require(
                try project.run("daemon", "install", "-q", "--door", "api=127.0.0.1:8333", "--door", "portmanager")
                    .ending
                    == .exited(0))
            let outcome = try project.run("daemon", "install", "--door", "portmanager")
            #expect(
                outcome.errors.hasPrefix(
                    """
                    portrun: `\(service).bak` has what it was
                    portrun: it opens no more `--door api=127.0.0.1:8333`: name all doors that it is to open
                    portrun: `\(service)` written

                    """), "\(outcome)")
        }

        @Test(arguments: ["nosuch", "api=127.0.0.1:99999", "api=0.0.0.0:8080"])
        func writesNoDoorThatIsNotOpened(_ door: String) throws {
            let installed = try project.run("daemon", "install", "--door", door)
            #expect(installed.ending == .exited(64) && installed.output == "")
            #expect(FileSystem.names(in: folder) == nil)
            #expect(try project.run("daemon", "start", "--door", door) == installed)
        }

        /// `ln -s ../portrund.socket`, as well as what `systemctl enable` writes.
        @Test func removesLinksMadeByHand() throws {
            try #require(try project.run("daemon", "install", "-q").ending == .exited(0))
            for (wants, unit) in [
                ("sockets.target.wants", "portrund.socket"), ("default.target.wants", "portrund.service"),
            ] {
                try #require(mkdir(folder + "/" + wants, 0o755) == 0)
                try #require(symlink("../" + unit, folder + "/\(wants)/\(unit)") == 0)
            }
            try #require(try project.run("daemon", "uninstall", "-q").ending == .exited(0))
            for wants in ["sockets.target.wants", "default.target.wants"] {
                #expect(FileSystem.names(in: folder + "/" + wants) == [])
            }
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
