import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// `scripts/install-release.sh`, which people run without looking, against releases that a server on this machine has.
@Suite(.timeLimit(.minutes(30)))
struct InstallReleaseTests {
    private let served: ServedRelease
    private var project: Project { served.project }
    private var address: String { served.address }
    private var prefix: String { served.prefix }

    init() throws { served = try ServedRelease() }

    private func install(_ words: String..., by shell: String = "sh", path: String? = nil) throws -> Outcome {
        try served.install(words, by: shell, path: path)
    }

    private func files() -> [String] { served.files() }

    private static let shells = ["sh", "dash", "bash"].compactMap { Program.find($0) }

    @Test(arguments: shells)
    func installsTwiceAndRemoves(_ shell: String) throws {
        for _ in 1...2 {
            let outcome = try install(by: shell)
            #expect(outcome.ending == .exited(0), "\(outcome)")
            #expect(outcome.output.hasPrefix("install: installed portrun 9.8.7 below \(prefix)\n"))
            #expect(outcome.output.contains("\n    export PATH=\"\(prefix)/bin:$PATH\"\n"))
            #expect(files() == ["bin/portrun", "share/man/man1/portrun.1", "share/portrun/installed"])
            #expect(try project.scratch.run([prefix + "/bin/portrun"]) == .printed("9.8.7\n"))
        }
        // What is the user's own stays.
        _ = try project.scratch.shell("touch '\(prefix)/bin/mine'")
        #expect(try install("--uninstall", by: shell).ending == .exited(0))
        #expect(files() == ["bin/mine"])
        #expect(try install("--uninstall", by: shell).errors.contains("nothing is installed"))
    }

    /// Folders that were there before stay, also empty ones; those that it has made go.
    @Test(arguments: ["", "bin", "bin share/man"])
    func foldersAreAsBefore(_ there: String) throws {
        let list = "cd '\(project.scratch.home)' && find . | sort"
        try #require(
            try project.scratch.shell("for f in \(there); do mkdir -p '\(prefix)'/$f; done").ending == .exited(0))
        let before = try project.scratch.shell(list)
        for _ in 1...2 { try #require(try install().ending == .exited(0)) }
        try #require(try install("--uninstall").ending == .exited(0))
        #expect(try project.scratch.shell(list) == before)
    }

    @Test func saysNothingOfAPathThatHasIt() throws {
        let outcome = try install(path: "/usr/local/bin:/usr/bin:/bin:\(prefix)/bin")
        #expect(outcome == .printed("install: installed portrun 9.8.7 below \(prefix)\n"))
    }

    /// What a command does to the release, and what is said of it.
    static let faults = [
        ("sed -i.old s/^./x/ SHA256SUMS", "SHA256SUMS has no sum of portrun-"),
        ("sed -i.old s/^......../00000000/ SHA256SUMS", "is not what was published: its SHA-256 is "),
        ("for f in *.gz; do head -c 200 $f >x && mv x $f; done", "is not what was published: its SHA-256 is "),
        ("rm SHA256SUMS", "cannot fetch "),
        ("rm *.gz", "cannot fetch "),
        (
            "for f in *.gz; do echo nonsense >$f; (sha256sum $f 2>/dev/null || shasum -a 256 $f) >SHA256SUMS; done",
            "cannot be unpacked"
        ),
    ]

    @Test(arguments: faults)
    func aFaultyReleaseIsNotInstalled(_ fault: String, _ message: String) throws {
        try #require(try project.scratch.shell("cd ../releases/latest/download && \(fault)").ending == .exited(0))
        let outcome = try install()
        #expect(outcome.ending == .exited(1), "\(outcome)")
        #expect(outcome.errors.contains("install: error: ") && outcome.errors.contains(message), "\(outcome)")
        #expect(files().isEmpty)
    }

    /// A binary that is for another system, say, leaves the old one alone.
    @Test func whatDoesNotRunIsNotInstalled() throws {
        try #require(try install().ending == .exited(0))
        let fault = """
            cd ../files; for n in portrun-*; do
                printf '#!/bin/sh\\necho broken >&2; exit 3\\n' >$n/bin/portrun
                python3 '\(Checkout.root)/scripts/tar.py' . $n 1 >../releases/latest/download/$n.tar.gz
                cd ../releases/latest/download
                (sha256sum $n.tar.gz 2>/dev/null || shasum -a 256 $n.tar.gz) >SHA256SUMS
            done
            """
        try #require(try project.scratch.shell(fault).ending == .exited(0))
        let outcome = try install()
        #expect(outcome.ending == .exited(1) && outcome.errors.contains("does not run here: broken"), "\(outcome)")
        #expect(try project.scratch.run([prefix + "/bin/portrun"]) == .printed("9.8.7\n"))
    }

    /// A folder with all tools but those that are named.
    private func tools(without names: [String]) throws -> String {
        let folder = project.scratch.path + "/tools"
        let script = """
            mkdir '\(folder)'
            for tool in \(ServedRelease.tools) wget curl shasum openssl perl; do
                file=$(command -v $tool) && ln -s "$file" '\(folder)/'
            done
            cd '\(folder)' && rm -f \(names.joined(separator: " "))
            """
        try #require(try project.scratch.shell(script).ending == .exited(0))
        return folder
    }

    @Test(
        .enabled(if: Program.find("wget") != nil && Program.find("curl") != nil, "curl or wget is not installed"),
        arguments: [["curl"], ["wget"], ["sha256sum"], ["sha256sum", "shasum"]])
    func makesDoWithWhatThereIs(_ missing: [String]) throws {
        #expect(try install(by: "/bin/sh", path: tools(without: missing)).ending == .exited(0))
    }

    @Test(arguments: [
        (["curl", "wget"], "neither curl nor wget"), (["sha256sum", "shasum", "openssl"], "computes SHA-256"),
    ])
    func saysWhichToolIsMissing(_ missing: [String], _ message: String) throws {
        let outcome = try install(by: "/bin/sh", path: tools(without: missing))
        #expect(outcome.ending == .exited(1) && outcome.errors.contains(message), "\(outcome)")
        #expect(outcome.errors.split(separator: "\n").count { $0.hasPrefix("install: error: ") } == 1, "\(outcome)")
        #expect(files().isEmpty)
    }

    @Test func saysWhatItTakes() throws {
        let outcome = try install("--help")
        #expect(outcome.ending == .exited(0) && outcome.errors == "", "\(outcome)")
        for option in ["--prefix DIR", "--version VERSION", "--uninstall"] { #expect(outcome.output.contains(option)) }
        #expect(files().isEmpty)
    }

    /// Root has one.
    @Test func wantsAPrefixWhereThereIsNoHome() throws {
        let script = try String(contentsOfFile: "\(Checkout.root)/scripts/install-release.sh", encoding: .utf8)
        let user = geteuid() == 0 ? try #require(OtherUser.asNobody) : []
        let outcome = try project.scratch.run(user + ["/bin/sh", "-c", script], environment: ["PATH=/usr/bin:/bin"])
        #expect(outcome == .failed(1, "install: error: HOME is not set\ninstall: hint: give --prefix DIR\n"))
    }

    /// What root installs is for everybody, whatever root's umask is.
    @Test(.enabled(if: geteuid() == 0, "needs root"))
    func whatRootInstallsCanBeRead() throws {
        let script = "\(Checkout.root)/scripts/install-release.sh"
        let outcome = try project.scratch.shell(
            "umask 077; PORTRUN_RELEASES=\(address) sh '\(script)' --prefix '\(prefix)'")
        try #require(outcome.ending == .exited(0), "\(outcome)")
        let closed = try project.scratch.shell("find '\(prefix)' ! -perm -755 -type d; find '\(prefix)' ! -perm -444")
        #expect(closed == .printed(""))
    }

    /// zsh looks for completions below `/usr/local`, and nowhere in a home.
    @Test func saysWhatZshHasToKnow() throws {
        let add = """
            cd ../files; for n in portrun-*; do
                mkdir -p $n/share/zsh/site-functions && echo '#compdef portrun' >$n/share/zsh/site-functions/_portrun
                python3 '\(Checkout.root)/scripts/tar.py' . $n 1 >../releases/latest/download/$n.tar.gz
                cd ../releases/latest/download
                (sha256sum $n.tar.gz 2>/dev/null || shasum -a 256 $n.tar.gz) >SHA256SUMS
            done
            """
        try #require(try project.scratch.shell(add).ending == .exited(0))
        let script = "\(Checkout.root)/scripts/install-release.sh"
        for (shell, isTold) in [("/bin/zsh", true), ("/bin/bash", false)] {
            let outcome = try project.scratch.run(
                ["/bin/sh", script, "--prefix", prefix],
                environment: project.scratch.environment + ["PORTRUN_RELEASES=\(address)", "SHELL=\(shell)"])
            let line = "\n    fpath=(\"\(prefix)/share/zsh/site-functions\" $fpath)\n"
            #expect(outcome.output.contains(line) == isTold, "\(outcome)")
        }
    }

    /// Neither the daemon nor what starts it stays behind.
    @Test func endsTheDaemonBeforeItRemovesIt() throws {
        try #require(try install().ending == .exited(0))
        let copy = "cp '\(Program.portrun)' '\(Program.portrund)' '\(prefix)/bin/'"
        try #require(try project.scratch.shell(copy) == .printed(""))
        let own = "'\(prefix)/bin/portrun'"
        let before = try project.scratch.shell("\(own) daemon install -q; \(own) daemon start")
        try #require(before.ending == .exited(0), "\(before)")
        let process = try #require(
            try project.scratch.shell("\(own) daemon status --json").output.firstMatch(
                of: /"pid": *([0-9]+)/)?.output.1)
        defer { kill(pid_t(process) ?? 0, SIGKILL) }
        let outcome = try install("--uninstall")
        #expect(outcome.ending == .exited(0), "\(outcome)")
        #expect(outcome.output.contains("install: stopped the daemon\n"), "\(outcome)")
        #expect(outcome.output.contains("install: removed the units of the daemon\n"), "\(outcome)")
        try Deadline.wait(for: "the end of the daemon") {
            guard case .present(_, _, let hasEnded) = ProcessSighting.of(pid_t(process) ?? 0) else { return true }
            return hasEnded
        }
        #expect(try project.scratch.shell("ls \"$HOME/.config/systemd/user\"") == .printed(""))
    }

    /// The list is what the script believes when it removes.
    @Test func removesNothingElsewhere() throws {
        try #require(try install().ending == .exited(0))
        try project.scratch.write("mine\n", to: "../home/mine")
        for line in ["../mine", "/etc/hostname"] {
            try project.scratch.write("\(line)\n", to: "../home/.local/share/portrun/installed")
            #expect(try install("--uninstall").ending == .exited(1))
        }
        #expect(try project.scratch.read("../home/mine") == "mine\n")
    }

    /// One that was cut off on its way does nothing.
    @Test func aPartOfTheScriptDoesNothing() throws {
        let text = try Checkout.text("scripts/install-release.sh")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for count in stride(from: 5, to: lines.count - 2, by: 7) {
            try project.scratch.write(lines.prefix(count).joined(separator: "\n"), to: "part.sh")
            _ = try project.scratch.run(
                ["/bin/sh", "part.sh", "--prefix", prefix],
                environment: project.scratch.environment + ["PORTRUN_RELEASES=\(address)"])
            #expect(files().isEmpty, "\(count) lines")
        }
    }

    /// What this script has not brought is neither written over nor, later, removed.
    @Test func leavesWhatItHasNotInstalled() throws {
        try #require(
            try project.scratch.shell("mkdir -p '\(prefix)/bin' && echo mine >'\(prefix)/bin/portrun'") == .printed(""))
        #expect(
            try install()
                == .failed(
                    1,
                    """
                    install: error: \(prefix)/bin/portrun is there already, and not from this script
                    install: hint: remove it, or give another --prefix

                    """))
        #expect(files() == ["bin/portrun"])
        try #require(
            try project.scratch.shell("rm '\(prefix)/bin/portrun' && mkdir '\(prefix)/bin/portrun'") == .printed(""))
        #expect(try install().errors.hasPrefix("install: error: \(prefix)/bin/portrun is a folder\n"))
        #expect(files() == [])
    }

    @Test(.enabled(if: geteuid() == 0, "needs root"))
    func rootWritesThroughNobodysLinks() throws {
        try #require(
            try project.scratch.shell("mkdir -p '\(prefix)/bin' && chown 12345 '\(prefix)/bin'") == .printed(""))
        #expect(try install().errors.hasPrefix("install: error: \(prefix)/bin/ is not root's\n"))
        #expect(files() == [])
    }

    /// At whatever step an upgrade is interrupted, one of the two versions is there, whole, and nothing else.
    @Test(arguments: ["INT", "HUP", "TERM"])
    func anInterruptedUpgradeLeavesNothingHalf(_ signal: String) throws {
        let script = """
            set -eu
            upgrade() {
                cat '\(Checkout.root)/scripts/install-release.sh' | TMPDIR=$PWD/tmp sh -s -- --prefix '\(prefix)' >/dev/null 2>&1
            }
            release() {
                name=$(basename ../releases/latest/download/*.tar.gz .tar.gz)
                for tool in portrun portrund; do printf '#!/bin/sh\\necho %s\\n' "$1" >../files/$name/bin/$tool; done
                chmod +x ../files/$name/bin/*
                tar -czf ../releases/latest/download/$name.tar.gz -C ../files $name
                (cd ../releases/latest/download; sha256sum $name.tar.gz >SHA256SUMS)
            }
            mkdir tmp shims
            for tool in curl sha256sum mkdir tar cat chmod mktemp mv cp grep find dirname rm sed; do
                printf '#!/bin/sh\\ncount=$(/usr/bin/wc -c <%s/count); printf x >>%s/count\\n' "$PWD" "$PWD" >shims/$tool
                printf '[ $count != %s ] || kill -\(signal) $PPID\\nexec /usr/bin/%s "$@"\\n' '"$AT"' $tool >>shims/$tool
                chmod +x shims/$tool
            done
            for AT in 3 9 15 21 27 33 39 45 51 57 63; do
                release 1; upgrade
                : >count
                release 2
                export AT
                (PATH=$PWD/shims:$PATH; upgrade) || :
                left=$(find '\(prefix)' tmp -name '.portrun.*' -o -path 'tmp/*')
                found=$('\(prefix)/bin/portrun')$('\(prefix)/bin/portrund')
                case "$found$left" in 11 | 22) ;; *) echo "step $AT: $found $left" ;; esac
            done
            """
        let outcome = try project.scratch.run(
            ["/bin/sh", "-c", script],
            environment: project.scratch.environment.filter { !$0.hasPrefix("PATH=") }
                + ["PATH=/usr/local/bin:/usr/bin:/bin", "PORTRUN_RELEASES=\(address)"])
        #expect(outcome == .printed(""))
    }
}
