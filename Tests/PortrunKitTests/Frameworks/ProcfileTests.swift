import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose
@testable import PortrunKit

/// What becomes of a command that runs the processes of a Procfile.
struct ProcfileTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            """
            # processes
            web: python serve.py ${PORT:-8000}
            assets: vite

            rpc: uvicorn app:app --port ${RPC_PORT:-7070}
            worker: python worker.py
            api: cd api && next dev
            proxy: ./proxy --listen :9000 --to http://localhost:5173/
            rails:\tunset PORT && bin/rails s
            site: PORT=4400 next dev
            no process
            """, to: "Procfile")
    }

    /// A command, what runs instead, and the ports that its processes have; `P` stands for the other Procfile, `R` for
    /// the folder.
    static let commands: [(command: String, told: String, ports: [Int])] = [
        ("foreman start", "foreman start -d R -f P", [5000, 5173, 7070, 5400, 9000, 3000, 4400]),
        ("foreman start -p 6000", "foreman start -d R -f P -p 6000", [6000, 5173, 7070, 6400, 9000, 3000, 4400]),
        ("foreman start web -d .", "foreman start -f P web -d .", [5000]),
        (
            "bundle exec foreman start -m web=1,api=1", "bundle exec foreman start -d R -f P -m web=1,api=1",
            [5000, 5400]
        ),
        ("honcho start -f Procfile", "honcho start -f P", [5000, 5173, 7070, 5400, 9000, 3000, 4400]),
        ("honcho -fProcfile start api web", "honcho -fP start api web", [5100, 5000]),
        (
            "honcho start --procfile=Procfile -c api=0,web=2", "honcho start --procfile=P -c api=0,web=2",
            [5173, 7070, 9000, 3000, 4400]
        ),
        ("overmind s -l web,api -P 10", "overmind s -d R -f P -l web,api -P 10", [5000, 5040]),
        ("overmind start -N -l assets,web", "overmind start -d R -f P -N -l assets,web", [5173]),
        ("goreman -b 6000 start web", "goreman -f P -b 6000 start web", [6000]),
        ("goreman -set-ports=false start assets", "goreman -f P -set-ports=false start assets", [5173]),
        ("hivemind -p 4000 -l api", "hivemind -d R -p 4000 -l api P", [4400]),
        (
            "hivemind -x web,api,rpc,rails,site,proxy Procfile", "hivemind -d R -x web,api,rpc,rails,site,proxy P",
            [5173]
        ),
    ]

    @Test(arguments: commands)
    func findsTheServersAndPutsAnotherProcfileInItsPlace(_ command: String, _ told: String, _ ports: [Int]) throws {
        let words = command.split(separator: " ").map(String.init)
        let calls = FrameworkCalls(words, in: folder.path)
        #expect(calls.calls.map { $0.port.map { Int($0.number) } } == ports)
        #expect(calls.isParallel)
        let procfile = try #require(calls.procfile)
        let changed = procfile.replaced(by: "/state/other", in: words.map { Array($0.utf8) })
        let expected = told.split(separator: " ").map { word in
            word == "R"
                ? folder.path : word.last == "P" && word != "-P" ? word.dropLast() + "/state/other" : String(word)
        }
        #expect(changed.map { String(decoding: $0, as: UTF8.self) } == expected)
    }

    @Test func eachLineIsToldAndTheOthersStay() throws {
        let calls = FrameworkCalls(["foreman", "start"], in: folder.path)
        let ports = calls.calls.indices.map { Port(7001 + $0) }
        let text = try #require(calls.procfile?.told(calls.calls, ports, for: .example))
        #expect(
            String(decoding: text, as: UTF8.self) == FileOwner.example.line(after: "#") + """
                # processes
                web: PORT=7001 python serve.py 7001
                assets: vite --port 7002

                rpc: uvicorn app:app --port ${RPC_PORT:-7003}
                worker: python worker.py
                api: export PORT=7004; cd api && next dev
                proxy: ./proxy --listen :7005 --to http://localhost:7002/
                rails:\tunset PORT && bin/rails s -p 7006
                site: PORT=7007 next dev
                no process
                """)
        #expect(calls.procfile?.told(calls.calls, ports.map { _ in nil }, for: .example) == nil)
    }

    /// The env file's `PORT`, the command, the environment, and the first process's port.
    static let firstPorts: [(text: String, command: String, variables: [String], port: Int)] = [
        ("PORT=6000", "foreman start", ["PORT=7000"], 6000), ("PORT=6000", "foreman start -p 8000", [], 8000),
        ("", "foreman start", ["PORT=7000"], 7000), ("PORT=6000", "honcho start -p 8000", [], 6000),
        ("", "honcho start -p 8000", ["PORT=7000"], 8000), ("", "honcho start", ["PORT=7000"], 7000),
        ("PORT=6000", "overmind start", [], 5000), ("OVERMIND_PORT=6000", "overmind start", ["OVERMIND_PORT=1"], 6000),
        ("PORT=6000", "goreman start", ["PORT=7000"], 5000),
    ]

    @Test(arguments: firstPorts)
    func theFirstPortIsTheOneThatTheRunnerTakes(
        _ text: String, _ command: String, _ variables: [String], _ port: Int
    ) throws {
        try folder.write(text + "\n", to: ".env")
        let environment = Environment(entries: variables.map { Array($0.utf8) })
        let words = command.split(separator: " ").map(String.init)
        let calls = FrameworkCalls(words, in: folder.path, environment: environment)
        #expect(calls.calls.first?.port == Port(port))
    }

    /// A package's script, `bin/dev`, a command, and what runs instead; nothing where words cannot reach the runner.
    static let scripts: [(script: String, file: String, command: String, told: String)] = [
        ("foreman start", "", "npm run dev", "npm run dev -- -d R -f P"),
        ("foreman start -f Procfile", "", "yarn dev", "yarn dev -d R -f P"),
        ("honcho start", "", "npm run dev -- -q x", "npm run dev -- -q x -f P"),
        ("hivemind", "", "npm run dev", ""), ("foreman start && echo done", "", "npm run dev", ""),
        ("bin/dev", "#!/bin/sh\nexec foreman start \"$@\"\n", "npm run dev", "npm run dev -- -d R -f P"),
        ("", "#!/usr/bin/env bash\nset -e\nexec foreman start -f Procfile \"$@\"\n", "bin/dev", "bin/dev -d R -f P"),
        ("", "#!/bin/sh\nforeman start -f Procfile $@", "./bin/dev -m all=1", "./bin/dev -m all=1 -d R -f P"),
        (
            "", "#!/bin/sh\ncd \"$(dirname \"$0\")/..\"\nbundle exec foreman start \"$@\"", "sh bin/dev",
            "sh bin/dev -d R -f P"
        ),
        ("", "#!/bin/sh\n(foreman start)\nvite", "bin/dev", ""),
        (
            "", "#!/bin/sh\nif command -v overmind >/dev/null; then\n  overmind start\nelse\n  foreman start\nfi\n",
            "bin/dev", ""
        ),
    ]

    @Test(arguments: scripts)
    func aScriptThatStartsTheRunnerIsRead(_ script: String, _ file: String, _ command: String, _ told: String) throws {
        try folder.write("{\"scripts\": {\"dev\": \"\(script)\"}}", to: "package.json")
        try folder.write(file, to: "bin/dev")
        let words = command.split(separator: " ").map(String.init)
        let calls = FrameworkCalls(words, in: folder.path)
        #expect(calls.calls.map { $0.port.map { Int($0.number) } } == [5000, 5173, 7070, 5400, 9000, 3000, 4400])
        #expect(calls.isParallel)
        let changed = calls.procfile?.replaced(by: "P", in: words.map { Array($0.utf8) }) ?? []
        let expected = told.split(separator: " ").map { $0 == "R" ? folder.path : String($0) }
        #expect(changed.map { String(decoding: $0, as: UTF8.self) } == expected)
    }

    @Test(
        arguments: [
            ("export PORT=\"${PORT:-6000}\"", [], 6000), ("export PORT=\"${PORT:-6000}\"", ["PORT=7000"], 7000),
            (": \"${PORT:=6000}\"", [], 6000), ("PORT=6000", ["PORT=7000"], 6000), ("# PORT=6000", [], 5000),
        ] as [(String, [String], Int)])
    func thePORTThatAScriptSetsIsTheRunners(_ line: String, _ variables: [String], _ port: Int) throws {
        try folder.write("#!/bin/sh\n\(line)\nforeman start\n", to: "bin/dev")
        let environment = Environment(entries: variables.map { Array($0.utf8) })
        let calls = FrameworkCalls(["bin/dev"], in: folder.path, environment: environment)
        #expect(calls.calls.first?.port == Port(port))
    }

    @Test func ofTwoRunnersTheOneThatIsInstalledCounts() throws {
        let text = "#!/bin/sh\nif command -v overmind; then overmind start -p 6000; else foreman start -p 7000; fi\n"
        try folder.write(text, to: "bin/dev")
        try folder.write("#!/bin/sh\n", to: "tools/foreman")
        try #require(chmod(folder.path + "/tools/foreman", 0o755) == 0)
        let environment = Environment(entries: [Array("PATH=\(folder.path)/tools".utf8)])
        #expect(FrameworkCalls(["bin/dev"], in: folder.path, environment: environment).calls.first?.port == Port(7000))
        #expect(FrameworkCalls(["bin/dev"], in: folder.path).calls.first?.port == Port(6000))
    }

    @Test(arguments: ["#!/bin/sh\nvite & next dev\n", "#!/usr/bin/env ruby\nforeman start\n", "foreman start\n", ""])
    func whatElseAScriptInAFileRunsIsItsOwnAffair(_ text: String) throws {
        try folder.write(text, to: "bin/dev")
        let calls = FrameworkCalls(["bin/dev"], in: folder.path)
        #expect(calls.calls.isEmpty && !calls.isParallel && calls.procfile == nil)
    }

    /// What a script does with its words besides is unknown, and more of them would get into that.
    @Test(
        arguments: [
            "if [ \"$1\" = up ]; then docker compose \"$@\"; else foreman start \"$@\"; fi",
            "case \"$1\" in up) docker compose \"$@\";; *) foreman start \"$@\";; esac", "shift\nforeman start \"$@\"",
            "run() { foreman start \"$@\"; }\nrun", "docker compose \"$@\"\nforeman start",
            "echo ${1:-x}\nforeman start \"$@\"",
        ])
    func aScriptThatLooksAtItsWordsGetsNone(_ text: String) throws {
        try folder.write("#!/bin/sh\n\(text)\n", to: "bin/dev")
        try folder.write("{\"scripts\": {\"dev\": \"bin/dev\"}}", to: "package.json")
        for words in [
            ["bin/dev"], ["sh", "bin/dev"], ["npm", "run", "dev"], ["bin/dev", "up"],
            ["npm", "run", "dev", "--", "up"],
        ] {
            let calls = FrameworkCalls(words, in: folder.path)
            #expect(calls.procfile == nil, "\(words)")
            #expect(
                calls.calls.allSatisfy {
                    $0.route == .fixed || $0.route == .preload || $0.route == .none || $0.route == .variable
                }, "\(words)")
            if words.last == "up", text.contains("$1") || text.contains("shift") { #expect(calls.calls.isEmpty) }
        }
    }

    @Test func theNumberOfADatabaseIsOneToConnectTo() throws {
        try folder.write("sync: ./sync -p 5432\nsender: ./sender --port 1025\napi: ./api --port 8000\n", to: "Procfile")
        var calls = FrameworkCalls(["foreman", "start"], in: folder.path)
        #expect(calls.calls.map(\.port) == [Port(1025), Port(8000)])
        try folder.write("services: {mailhog: {image: mailhog, ports: ['1025:1025']}}", to: "compose.yaml")
        let project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder.path)))
        calls.dropClients(of: project.ports)
        #expect(calls.calls.map(\.port) == [Port(8000)])
    }

    @Test(arguments: ["foreman run web", "honcho check", "goreman run restart web", "foreman start -f none"])
    func leavesAlone(_ command: String) {
        let calls = FrameworkCalls(command.split(separator: " ").map(String.init), in: folder.path)
        #expect(calls.calls.isEmpty && calls.procfile == nil)
    }
}
