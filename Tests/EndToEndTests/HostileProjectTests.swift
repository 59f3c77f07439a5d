import PortrunBase
import PortrunLaunch
import Testing

/// Projects with huge, endless or quadratic files: each command ends soon, in little memory, and says at most one thing.
@Suite(.timeLimit(.minutes(30)))
struct HostileProjectTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Run by /bin/sh in the project's folder.
        var script: String
        /// Commands of portrun.
        var commands: [String]
        /// What the one line has to hold, if there is one.
        var said: String

        init(_ description: String, _ script: String, _ commands: [String], _ said: String) {
            testDescription = description
            self.script = script
            self.commands = commands
            self.said = said
        }
    }

    private static let moved = "services: {a: {image: x, ports: ['7000:1']}, b: {image: x, ports: ['7000-7001:2-3']}}"
    private static let compose = "echo \"\(moved)\" >compose.yaml\n"
    private static let huge = """
        { printf 'x: ['; yes aaaaaaaaaaaaaaaaaaaa, | head -n 380000 | tr -d '\\n'; echo 'a]'; echo "\(moved)"; } >big.yaml

        """
    private static let everyWay = ["-- true", "export", "explain", "get zz"]
    private static let npm = ["explain -- npm run dev", "adopt"]

    static let cases: [Case] = [
        Case("20,000 values that follow", compose + "seq -f 'A%.0f=localhost:7001' 20000 >.env", everyWay, ".env"),
        Case("4,900 values that follow", compose + "seq -f 'DB_%.0f=localhost:7001' 4900 >.env", everyWay, ".env"),
        Case("200,000 values that do not", compose + "seq -f 'A%.0f=localhost:9' 200000 >.env", everyWay, ".env"),
        Case("200,000 values and no ports", "seq -f 'A%.0f=localhost:9' 200000 >.env.local", everyWay, ".env.local"),
        Case("values that none agrees on", compose + "seq -f 'A%.0f=localhost:7001#x' 4900 >.env", everyWay, ".env"),
        Case(
            "values of values",
            compose
                + "{ echo B=; yes '${B}' | head -n 300 | tr -d '\\n' >l; seq 4000 | sed \"s|.*|A&=$(cat l)localhost:7001|\"; } >.env",
            everyWay, ".env"),
        Case(
            "links to one huge file",
            huge
                + "{ echo 'include:'; for i in $(seq 60); do ln -s big.yaml $i.yaml; echo \"  - $i.yaml\"; done; } >compose.yaml",
            everyWay, "1.yaml"),
        Case(
            "links to one file with few values",
            """
            { printf 'x: "'; head -c 8000000 /dev/zero | tr '\\0' a; echo '"'; echo "\(moved)"; } >big.yaml
            { echo 'include:'; for i in $(seq 30); do ln -s big.yaml l$i.yaml; echo "  - l$i.yaml"; done; } >compose.yaml
            """, everyWay, ".yaml"),
        Case(
            "a file that is included many times",
            "{ echo services:; seq -f '  s%.0f: {image: x}' 1000; } >i.yaml; { echo 'include:'; yes '  - i.yaml' | head -n 900; } >compose.yaml",
            everyWay, "i.yaml"),
        Case(
            "a circle through links",
            compose
                + "mkdir s; ln -s .. s/up; echo 'include: [up/s/compose.yaml]' >s/compose.yaml; echo 'include: [s/compose.yaml]' >>compose.yaml",
            everyWay, "includes itself"),
        Case(
            "directives", "{ seq -f '%%TAG !a%.0f! x' 400000; echo ---; echo \"\(moved)\"; } >compose.yaml", everyWay,
            "compose.yaml"),
        Case(
            "many documents",
            "seq -f 'x-%.0f: 1' 90000 | awk 'NR % 20 == 0 { print \"---\" } 1' >compose.yaml",
            everyWay, "compose.yaml"),
        Case(
            "services that extend one",
            "{ echo services:; seq -f '  s%.0f: {extends: s0, image: x}' 30000; echo '  s0: {image: x}'; } >compose.yaml",
            everyWay, "compose.yaml"),
        Case(
            "marks",
            "{ echo services:; seq -f '  s%.0f: {image: x, a: b}' 15000; } >compose.yaml; sed 's/{.*/{a: !reset null}/' compose.yaml >compose.override.yaml",
            everyWay, "compose"),
        Case(
            "ranges",
            "{ echo services:; seq -f \"  s%.0f: {image: x, ports: ['1-65535:1-65535']}\" 1000; } >compose.yaml",
            ["explain --no-discover", "discover"], "ports"),
        Case(
            "one range of nearly all ports",
            "echo \"services: {a: {image: x, ports: ['1024-65000:1024-65000']}}\" >compose.yaml",
            ["export", "discover --json"], "published ports"),
        Case(
            "a range of many ports",
            "echo \"services: {a: {image: x, ports: ['12000-28000:12000-28000']}}\" >compose.yaml",
            ["export --auto", "-- true", "discover", "discover --json"], "a"),
        Case(
            "many addresses of one port", compose + "seq -f 'V%.0f_URL=http://localhost:7001/' 9990 >.env",
            ["discover", "discover --json"], " "),
        Case(
            "addresses of a range",
            "echo \"services: {a: {image: x, ports: ['2000-8000:2000-8000']}}\" >compose.yaml; for i in 1 2 3 4 5 6; do seq 2000 25000 | sed 's/.*/\"localhost:&\"/' >a$i.ts; done",
            ["discover", "discover --json"], " "),
        Case(
            "values of ranges",
            "seq 0 899 | awk 'BEGIN { print \"services:\" } { printf \"  s%d: {image: x, ports: [%d-%d:80], environment: [\", $1, 2000 + $1 * 30, 2029 + $1 * 30; for (j = 0; j < 60; j++) printf \"V%d=localhost:%d,\", j, 2000 + $1 * 30 + j % 30; print \"]}\" }' >compose.yaml",
            ["discover", "discover --json"], "compose.yaml"),
        Case(
            "braces that nothing closes",
            "{ printf \"x-a: '\"; yes '${A:-{{{}}' | head -n 600000 | tr -d '\\n'; echo \"'\"; } >compose.yaml",
            everyWay,
            "compose.yaml"),
        Case(
            "variables",
            "{ printf \"x-a: '\"; yes '${A:-x}' | head -n 900000 | tr -d '\\n'; echo \"'\"; } >compose.yaml", everyWay,
            "compose.yaml"),
        Case(
            "10,000 commands in one script",
            "{ printf '{\"scripts\": {\"dev\": \"vite'; yes ' & vite' | head -n 9999 | tr -d '\\n'; echo '\"}}'; } >package.json",
            npm, "package.json"),
        Case(
            "scripts of scripts",
            "{ echo '{\"scripts\": {'; for i in 1 2 3 4 5 6 7 8; do printf '\"a%s\": \"' $i; yes \"npm run a$((i + 1)) & \" | head -n 20 | tr -d '\\n'; echo '\",'; done; echo '\"dev\": \"npm run a1\"}}'; } >package.json",
            npm, "package.json"),
        Case(
            "patterns of scripts",
            "{ printf '{\"scripts\": {\"dev\": \"run-p'; yes \" 'a*'\" | head -n 2000 | tr -d '\\n'; echo '\"'; seq -f ',\"a%.0f\": \"vite\"' 2000; echo '}}'; } >package.json",
            npm, "package.json"),
        Case(
            "assignments of assignments",
            "{ printf '{\"scripts\": {\"dev\": \"A='; yes -- '--A=' | head -n 1000000 | tr -d '\\n'; echo '\"}}'; } >package.json",
            npm, "package.json"),
        Case(
            "arrays", "{ printf '{\"a\": ['; yes '[],' | head -n 2000000 | tr -d '\\n'; echo '[]]}'; } >package.json",
            npm,
            "package.json"),
        Case(
            "a script that says its port often", "yes 'process.env.PORT || 4000;' | head -n 35000 >server.js",
            ["explain -- node server.js", "explain -- sh -c 'node server.js & node server.js & node server.js'"],
            "server.js"),
        Case(
            "a configuration without end",
            "{ printf 'export default '; yes '{' | head -n 400000 | tr -d '\\n'; yes 'port: 1,' | head -n 60000 | tr -d '\\n'; } >vite.config.js",
            ["explain -- vite"], "vite.config.js"),
        Case(
            "the brackets of a configuration",
            "{ yes '[{' | head -n 200 | tr -d '\\n'; yes 'port: 1,' | head -n 80000 | tr -d '\\n'; } >vite.config.js",
            ["explain -- vite"], "vite.config.js"),
        Case("20,000 targets", "seq 20000 39999 | sed 's/.*/t&:\\n\\tPORT=& x/' >Makefile", ["adopt"], "Makefile"),
        Case("20,000 processes", "seq 20000 39999 | sed 's/.*/p&: PORT=& x/' >Procfile", ["adopt"], "Procfile"),
        Case(
            "references without end",
            "git init -q . && { echo '# pack-refs with: peeled fully-peeled sorted '; seq -f '1 refs/heads/%08.0f' 3300000; } >.git/packed-refs",
            ["get web", "gc", "prune"], "packed-refs"),
        Case(
            "templates", "yes '{port:' | head -n 50000 | tr -d '\\n' >t; seq -f '{port:a%.0f}' 20000 >many",
            ["write --template t new", "write --template many new"], "`"),
        Case(
            "keys of keys", "{ echo 'x = 1'; yes a. | head -n 100000 | tr -d '\\n'; echo 'b = 1'; } >a.toml",
            ["write a.toml x=web", "write a.toml /x=web --dry-run"], "a.toml"),
        Case(
            "sections", "{ echo 'x = 1'; yes '[a]' | head -n 600000; } >a.ini", ["write a.ini x=web"], "a.ini"),
        Case(
            "aliases of a long text",
            "{ printf \"a: &a '\"; head -c 1000000 /dev/zero | tr '\\0' a; printf \"'\\nx: 1\\nb: [\"; yes '*a,' | head -n 90000; echo ']'; } >a.yaml",
            ["write a.yaml /x=web"], "a.yaml"),
        Case(
            "elements without end", "{ echo '{\"x\": 1, \"a\": ['; yes '1,' | head -n 2000000; echo '1]}'; } >a.json",
            ["write a.json /x=web"], "a.json"),
        Case(
            "variables of an env file to write", "{ echo A=1; yes B=1 | head -n 1000000; } >.env", ["write .env A=web"],
            ".env"),
        Case(
            "an ignored env file",
            compose + "git init -q .; echo .env >.gitignore; yes A_PORT=7001 | head -n 600000 >.env", ["write --env"],
            ".env"),
        Case(
            "workspaces through links that lead back",
            "for i in 1 2 3 4 5 6 7 8 9; do mkdir d$i; for j in 1 2 3 4 5 6 7 8 9; do ln -s .. d$i/up$j; done; done; echo '{\"workspaces\": [\"*/*/*/*/*/*/*/*/*/*/*/*\", \"**/**/**/**/x\"]}' >package.json",
            ["explain -- npm run -w x dev"], "package.json"),
    ]

    #if DEBUG
        /// Without optimization all takes several times as long.
        private static let seconds = 4
    #else
        private static let seconds = 2
    #endif

    @Test(arguments: cases)
    func endsSoonAndSaysAtMostOneThing(_ project: Case) throws {
        let scratch = try Scratch()
        #expect(try scratch.shell(project.script) == .printed(""))
        for command in project.commands {
            // In seconds of the processor's time, and as much memory as 100 MiB on top of the program's own.
            let outcome = try scratch.shell(
                "ulimit -t \(Self.seconds); ulimit -v 160000; exec \"$LAUNCHER\" \(command)")
            let said = outcome.errors.split(separator: "\n").filter {
                !$0.hasPrefix("portrun: hint: ") && !$0.contains(" moved from ")
            }
            #expect([.exited(0), .exited(1), .exited(125)].contains(outcome.ending), "\(command): \(outcome)")
            #expect(said.count <= 1, "\(command): \(said)")
            // A busy machine may take longer for all than a prompt may, where the look at the files was in time.
            if let line = said.first, !line.contains("with the booking of its ports") {
                #expect(line.contains(project.said), "\(command)")
            }
        }
    }

    @Test(arguments: [
        ".env", ".env.local", "compose.yaml", "compose.override.yaml", "included.yaml", "of-service.env",
        "pnpm-workspace.yaml", "Makefile", "Procfile", "Procfile.dev", ".envrc", "package.json", "vite.config.ts",
        "server.js",
    ])
    func aFIFOInThePlaceOfAFileHoldsNothingUp(_ name: String) throws {
        let scratch = try Scratch()
        try scratch.write("{\"scripts\": {\"dev\": \"vite\"}}", to: "package.json")
        try scratch.write("services: {}\n", to: "included.yaml")
        try scratch.write(
            "include: [included.yaml]\nservices: {a: {image: x, env_file: [of-service.env], ports: ['${A:-7000}:1']}}\n",
            to: "compose.yaml")
        #expect(try scratch.shell("rm -f \(name); mkfifo \(name)") == .printed(""))
        // A writer waits until somebody opens the FIFO, and nobody does.
        let writer = try scratch.start(["/bin/sh", "-c", "echo A=1 >\(name); echo opened"])
        for command in [
            "-- true", "export", "status", "adopt", "explain -- npm run dev", "explain -- node server.js",
        ] {
            let outcome = try scratch.shell("exec \"$LAUNCHER\" \(command)")
            #expect([.exited(0), .exited(1), .exited(125)].contains(outcome.ending), "\(command): \(outcome)")
        }
        #expect(!writer.hasExited())
        writer.signal(SIGKILL)
    }
}
