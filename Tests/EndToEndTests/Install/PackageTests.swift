#if os(Linux)
    import Foundation
    import PortrunBase
    import PortrunLaunch
    import Testing

    /// The packages of a release, made of the binary under test.
    @Suite(.timeLimit(.minutes(30)))
    struct PackageTests {
        let project: Project
        private var tree: String { project.scratch.path + "/tree" }

        /// What `scripts/install.sh` installs, but for a man page that says less.
        init() throws {
            project = try Project()
            let build = """
                set -e
                mkdir binaries
                cp '\(Program.portrun)' '\(Program.portrund)' binaries/
                strip binaries/* 2>/dev/null || : # packing what debuggers read takes minutes
                printf '%s\\n' .Dd 2026 '.Dt PORTRUN 1' .Os '.Sh NAME' '.Nm portrun' '.Nd "run a command on ports"' \
                    '.Sh DESCRIPTION' 'Runs it.' >portrun.1
                '\(Checkout.root)/scripts/install.sh' '\(tree)' "$PWD/binaries" "$PWD/portrun.1" >/dev/null
                """
            try #require(try project.scratch.shell(build) == .printed(""))
        }

        /// Those of the workflow of agents, which `docs/agents.md` speaks of.
        private static let examples =
            [
                ".claude/settings.json", ".codex/environments/environment.toml", "README.md", "agent.py",
                "hooks/post-checkout",
                "hooks/worktree-create", "hooks/worktree-remove", "package.json", "run.sh", "server.py", "test.py",
            ].map { "usr/share/doc/portrun/examples/agents/" + $0 } + ["usr/share/doc/portrun/examples/scratch.sh"]

        /// The package that a script makes, as a copy of this test's own: others may make one meanwhile.
        private func package(by script: String) throws -> String {
            try Self.lock.withLock {
                let outcome = try project.scratch.shell("'\(Checkout.root)/scripts/\(script)' '\(tree)'")
                try #require(outcome.ending == .exited(0), "\(outcome)")
                let path = try #require(outcome.output.split(separator: "\n").last).description
                let full = Path.absolute(path, in: Checkout.root)
                let copy = project.scratch.path + "/" + Path.lastName(path)
                try? FileManager.default.removeItem(atPath: copy)
                try FileManager.default.moveItem(atPath: full, toPath: copy)
                return copy
            }
        }

        private static let lock = NSLock()

        @Test(.enabled(if: Program.find("dpkg-deb") != nil, "dpkg-deb is not installed"))
        func aDebianPackageComesAndGoesWithoutATrace() throws {
            let package = try package(by: "deb.sh")
            let root = project.scratch.path + "/root"
            let dpkg = "dpkg --root='\(root)' --force-not-root,architecture"
            let script = """
                set -e
                PATH=$PATH:/usr/sbin:/sbin
                mkdir -p '\(root)'/var/lib/dpkg/info '\(root)'/var/lib/dpkg/updates '\(root)'/var/log
                touch '\(root)'/var/lib/dpkg/status
                cd '\(root)'
                find . ! -path './var/*' | sort >../before
                \(dpkg) -i '\(package)' >/dev/null
                \(dpkg) -V portrun
                find . -type f ! -path './var/*' | LC_ALL=C sort
                \(dpkg) -P portrun >/dev/null
                find . ! -path './var/*' | sort | diff ../before -
                """
            #expect(
                try project.scratch.shell(script)
                    == .printed(
                        """
                        ./usr/bin/portrun
                        ./usr/bin/portrund
                        ./usr/lib/systemd/user/portrund.service
                        ./usr/lib/systemd/user/portrund.socket
                        ./usr/share/bash-completion/completions/portrun
                        ./usr/share/doc/portrun/changelog.gz
                        ./usr/share/doc/portrun/copyright
                        \(Self.examples.map { "./" + $0 }.joined(separator: "\n"))
                        ./usr/share/fish/vendor_completions.d/portrun.fish
                        ./usr/share/lintian/overrides/portrun
                        ./usr/share/man/man1/portrun.1.gz
                        ./usr/share/man/man1/portrund.1.gz
                        ./usr/share/zsh/vendor-completions/_portrun

                        """))
        }

        /// An upgrade to a version with fewer files, the way back, a repair, and an installation over what somebody has put
        /// there by hand.
        @Test(.enabled(if: Program.find("dpkg-deb") != nil, "dpkg-deb is not installed"))
        func aDebianPackageReplacesAnother() throws {
            let package = try package(by: "deb.sh")
            let root = project.scratch.path + "/root"
            let dpkg = "dpkg --root='\(root)' --force-not-root,architecture"
            let script = """
                set -e
                PATH=$PATH:/usr/sbin:/sbin
                dpkg-deb -R '\(package)' ../next
                gone=usr/share/doc/portrun/examples/agents/test.py
                sed -i 's/^Version: .*/Version: 99/' ../next/DEBIAN/control
                sed -i "\\|$gone|d" ../next/DEBIAN/md5sums
                rm ../next/$gone
                dpkg-deb --root-owner-group -Znone -b ../next ../next.deb >/dev/null
                mkdir -p '\(root)'/var/lib/dpkg/info '\(root)'/var/lib/dpkg/updates '\(root)'/var/log '\(root)'/usr/bin
                touch '\(root)'/var/lib/dpkg/status
                cd '\(root)'
                echo hand >usr/bin/portrun
                for each in '\(package)' ../next.deb '\(package)'; do
                    \(dpkg) -i "$each" >/dev/null 2>&1
                    \(dpkg) -V portrun
                    [ -e $gone ] && echo all || echo fewer
                done
                rm usr/bin/portrund
                \(dpkg) -i '\(package)' >/dev/null
                \(dpkg) -V portrun
                \(dpkg) -r portrun >/dev/null
                find . -name '*portrun*' ! -path './var/*'
                """
            #expect(try project.scratch.shell(script) == .printed("all\nfewer\nall\n"))
        }

        /// A package's units are those that `portrun daemon install` writes, but for the places.
        @Test func unitsAreThoseOfTheCommand() throws {
            let made = project.scratch.path + "/units"
            let script = "'\(Checkout.root)/scripts/user-units.sh' '\(tree)/bin' '\(made)'"
            try #require(try project.scratch.shell(script) == .printed(""))
            let home = project.scratch.home
            try #require(
                try project.scratch.run(
                    [Program.portrun, "daemon", "install", "-q"], environment: ["HOME=\(home)", "PATH=/usr/bin:/bin"]
                ).ending == .exited(0))
            let program = try #require(FileSystem.resolved(Program.portrund))
            for unit in ["portrund.service", "portrund.socket"] {
                let own = try project.scratch.read("../home/.config/systemd/user/" + unit)
                let expected = own.replacing(home, with: "%h").replacing(program, with: "/usr/bin/portrund")
                #expect(try project.scratch.read("../units/" + unit) == expected)
                #expect(expected.contains("%h/.local/state/portrun/") && !expected.contains("/portrun-test"))
            }
            guard let verify = Program.find("systemd-analyze") else { return }
            let checked = try project.scratch.run(
                [verify, "--user", "verify", made + "/portrund.service", made + "/portrund.socket"],
                environment: ["HOME=\(home)", "PATH=/usr/bin:/bin", "XDG_RUNTIME_DIR=\(project.scratch.path)"])
            // The package is not installed here.
            let missing = "Command /usr/bin/portrund is not executable"
            let lines = checked.errors.split(separator: "\n")
            #expect(lines.filter { $0.contains("portrund") && !$0.contains(missing) } == [])
        }

        /// The release binary: what the tests build is not stripped.
        @Test(
            .enabled(if: Program.find("lintian") != nil, "lintian is not installed"),
            .enabled(
                if: ProcessInfo.processInfo.environment["PORTRUN_BINARY"] != nil,
                "PORTRUN_BINARY names no release binary"))
        func lintianHasNothingToSay() throws {
            #expect(
                try project.scratch.shell("lintian --allow-root '\(package(by: "deb.sh"))'") == .printed(""))
        }

        @Test(.enabled(if: Program.find("dpkg-deb") != nil, "dpkg-deb is not installed"))
        func theSameFilesMakeTheSamePackage() throws {
            let first = try Data(contentsOf: URL(fileURLWithPath: package(by: "deb.sh")))
            #expect(try Data(contentsOf: URL(fileURLWithPath: package(by: "deb.sh"))) == first)
        }

        @Test(.enabled(if: Program.find("rpmbuild") != nil, "rpmbuild is not installed"))
        func anRPMHasAllFiles() throws {
            let package = try package(by: "rpm.sh")
            let listed = try project.scratch.shell("rpm -qpl '\(package)'").output.split(separator: "\n").map(
                String.init)
            let files = [
                "/usr/bin/portrun", "/usr/bin/portrund", "/usr/lib/systemd/user/portrund.service",
                "/usr/lib/systemd/user/portrund.socket", "/usr/share/bash-completion/completions/portrun",
                "/usr/share/fish/vendor_completions.d/portrun.fish", "/usr/share/licenses/portrun",
                "/usr/share/licenses/portrun/LICENSE", "/usr/share/man/man1/portrun.1.gz",
                "/usr/share/man/man1/portrund.1.gz", "/usr/share/zsh/site-functions/_portrun",
            ]
            let folders =
                ["", "/examples", "/examples/agents"]
                + [".claude", ".codex", ".codex/environments", "hooks"].map {
                    "/examples/agents/" + $0
                }
            // Those of shells that may not be there go with the package.
            let shells = ["bash-completion", "bash-completion/completions", "fish", "fish/vendor_completions.d", "zsh"]
            let expected =
                files + (shells + ["zsh/site-functions"]).map { "/usr/share/" + $0 }
                + folders.map { "/usr/share/doc/portrun" + $0 } + Self.examples.map { "/" + $0 }
            #expect(Set(listed).symmetricDifference(expected) == [])
            #expect(try project.scratch.shell("rpm -qp --requires '\(package)' | grep -v '^rpmlib('").output == "")
        }
    }
#endif
