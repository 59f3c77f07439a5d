import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// `scripts/install-release.sh` where something is odd: what is in the archive, the prefix, or what else runs at the moment.
@Suite(.timeLimit(.minutes(30)))
struct InstallReleaseFaultTests {
    private let served: ServedRelease
    private var scratch: Scratch { served.project.scratch }

    init() throws { served = try ServedRelease() }

    /// All that is below the prefix, and the prefix itself.
    private func left() throws -> String {
        try scratch.shell("[ ! -e '\(served.prefix)' ] || find '\(served.prefix)'").output
    }

    static let oddities = [
        ("ln -sf /bin/true $name/bin/portrun", "has what no release has: ./bin/portrun\n"),
        ("mkfifo $name/share/pipe", "has what no release has: ./share/pipe\n"),
        ("ln -s /etc $name/share/elsewhere", "has what no release has: ./share/elsewhere\n"),
        ("touch \"$name/bin/a\nb\"", "has what no release has: ./bin/a\nb\n"),
        ("rm $name/bin/portrun", "has no portrun\n"),
    ]

    /// An archive of the right sum is looked at before anything of it is run or put in its place.
    @Test(arguments: oddities)
    func anArchiveHasFilesAlone(_ change: String, _ message: String) throws {
        try served.change(change)
        let outcome = try served.install()
        #expect(outcome.ending == .exited(1) && outcome.errors.contains(message), "\(outcome)")
        #expect(try left() == "")
    }

    /// The folders that it had made go, too.
    @Test func anInstallationThatFailsLeavesNothing() throws {
        try served.change("mkdir $name/share/zzz && touch $name/share/zzz/last")
        try #require(
            try scratch.shell("mkdir -p '\(served.prefix)/share' && touch '\(served.prefix)/share/zzz'").output == "")
        let before = try left()
        let outcome = try served.install()
        #expect(
            outcome.ending == .exited(1) && outcome.errors.contains("cannot write below \(served.prefix): "),
            "\(outcome)")
        #expect(try left() == before)
    }

    @Test(arguments: ["a b", "q'u\"o", "$(touch called)`touch called`", "back\\slash\\n", "*"])
    func aPrefixMayHaveAnyName(_ name: String) throws {
        let prefix = scratch.home + "/" + name
        for _ in 1...2 {
            let outcome = try served.install(["--prefix", prefix])
            try #require(outcome.ending == .exited(0), "\(outcome)")
            // The line for the shell's own file is one that can be put there.
            let line = try #require(outcome.output.split(separator: "\n").first { $0.hasPrefix("    export ") })
            let found = try scratch.shell(line + "\nprintf %s \"${PATH%%:*}\"; [ ! -e called ]")
            #expect(found == .printed(prefix + "/bin"))
        }
        try #require(try served.install(["--prefix", prefix, "--uninstall"]).ending == .exited(0))
        #expect(!FileManager.default.fileExists(atPath: prefix))
    }

    @Test(arguments: ["a\nb", "end\n", "a:b"])
    func aPrefixThatNoListCanHaveIsRefused(_ name: String) throws {
        let outcome = try served.install(["--prefix", scratch.home + "/" + name])
        #expect(
            outcome
                == .failed(
                    1,
                    """
                    install: error: the prefix has a colon or a line break in it
                    install: hint: give another --prefix

                    """))
    }

    /// Both succeed, and the list that stays names the folders of both.
    @Test func twoInstallationsAtOnceAreOne() throws {
        let script = """
            for delay in 0 0.01 0.02 0.03 0.04 0.06 0.08 0.1; do
                sh "$INSTALL" --prefix '\(served.prefix)' >one 2>&1 & one=$!
                sleep $delay
                sh "$INSTALL" --prefix '\(served.prefix)' >two 2>&1 || cat two
                wait $one || cat one
                '\(served.prefix)/bin/portrun'
                sh "$INSTALL" --prefix '\(served.prefix)' --uninstall >/dev/null
                [ ! -e '\(served.prefix)' ] || find '\(served.prefix)'
            done
            """
        let outcome = try scratch.run(
            ["/bin/sh", "-c", script],
            environment: scratch.environment
                + ["PORTRUN_RELEASES=\(served.address)", "INSTALL=\(Checkout.root)/scripts/install-release.sh"])
        #expect(outcome == .printed(String(repeating: "9.8.7\n", count: 8)))
    }

    /// At whatever step an installation is killed, which nothing can see to at that moment, the next one and the removal do.
    @Test func aKilledInstallationIsSweptUp() throws {
        let script = """
            mkdir shims tmp
            for tool in mkdir cat chmod mktemp mv cp grep find dirname rm sed; do
                printf '#!/bin/sh\\ncount=$(/usr/bin/wc -c <%s/count); printf x >>%s/count\\n' "$PWD" "$PWD" >shims/$tool
                printf '[ $count != %s ] || kill -KILL $PPID\\nexec /usr/bin/%s "$@"\\n' '"$AT"' $tool >>shims/$tool
                chmod +x shims/$tool
            done
            install() { TMPDIR=$PWD/tmp sh "$INSTALL" --prefix '\(served.prefix)' "$@" >said 2>&1; }
            mkdir '\(served.prefix)'
            for AT in 14 17 20 23 26 29 32 35 38 41 44 47 50; do
                export AT
                for next in '' again; do
                    : >count
                    (PATH=$PWD/shims:$PATH; install) 2>/dev/null
                    [ -z "$next" ] || install || cat said
                    [ -z "$(ls -A '\(served.prefix)')" ] || install --uninstall || cat said
                    find '\(served.prefix)' -mindepth 1 -type f
                done
            done
            """
        let outcome = try scratch.run(
            ["/bin/sh", "-c", script],
            environment: scratch.environment.filter { !$0.hasPrefix("PATH=") }
                + [
                    "PATH=/usr/local/bin:/usr/bin:/bin", "PORTRUN_RELEASES=\(served.address)",
                    "INSTALL=\(Checkout.root)/scripts/install-release.sh",
                ])
        #expect(outcome == .printed(""))
    }

    /// busybox has a wget that knows few options, or fewer.
    @Test(
        .enabled(if: Program.find("wget") != nil, "wget is not installed"),
        arguments: ["-q -O FILE", "-q -O FILE -T SEC"])
    func anyWgetWillDo(_ options: String) throws {
        let script = """
            mkdir tools
            for tool in \(ServedRelease.tools); do file=$(command -v $tool) && ln -s "$file" tools/; done
            {
                echo '#!/bin/sh'
                echo 'case $* in --help) echo "wget \(options)"; exit ;; *-t*) exit 1 ;; esac'
                case '\(options)' in *-T*) ;; *) echo 'case $* in *-T*) exit 1 ;; esac' ;; esac
                echo 'exec \(Program.find("wget") ?? "") "$@"'
            } >tools/wget
            chmod +x tools/wget
            """
        try #require(try scratch.shell(script) == .printed(""))
        let outcome = try served.install(by: "/bin/sh", path: scratch.project + "/tools")
        #expect(outcome.ending == .exited(0), "\(outcome)")
    }

    @Test(.enabled(if: Program.find("zsh") != nil, "zsh is not installed"))
    func zshReadsItToo() throws {
        try #require(try served.install(by: "zsh").ending == .exited(0))
        try #require(try served.install(["--uninstall"], by: "zsh").ending == .exited(0))
        #expect(try left() == "")
    }

    #if os(Linux)
        /// A daemon that this user cannot stop is named, also where an upgrade has taken its file away.
        @Test func namesADaemonThatGoesOn() throws {
            try served.change("printf '#!/bin/sh\\nexit 1\\n' >$name/bin/portrund && chmod +x $name/bin/portrund")
            try #require(try served.install().ending == .exited(0))
            let daemon = served.prefix + "/bin/portrund"
            try #require(try scratch.shell("cp \"$(command -v sleep)\" '\(daemon)'") == .printed(""))
            let running = try scratch.start([daemon, "600"])
            defer { kill(running.pid, SIGKILL) }
            try #require(try served.install().ending == .exited(0))
            let outcome = try served.install(["--uninstall"])
            #expect(
                outcome.output.contains("a daemon of another user or registry goes on: pid \(running.pid)\n"),
                "\(outcome)")
        }
    #endif
}
