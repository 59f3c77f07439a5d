import PortrunBase
import Testing

/// npm goes through the packages of a workspace one by one, and stays in the first server: what comes after that is
/// nobody's until then.
@Suite(.timeLimit(.minutes(30)))
struct SequentialPackagesTests {
    let project: Project
    private var api: Int { project.outside }
    private var web: Int { project.outside + 1 }

    init() throws {
        project = try Project()
        try #require(try project.scratch.shell("git init -q -b main .") == .printed(""))
        try project.scratch.writeProgram(
            """
            #!/usr/bin/env python3
            import json, os, subprocess, sys
            words = sys.argv[1:]
            packages = ["api", "web"] if "--workspaces" in words else [words[3]] if "-w" in words else ["."]
            rest = words[words.index("--") + 1:] if "--" in words else []
            for package in packages:
                script = json.load(open(package + "/package.json"))["scripts"][words[1]]
                os.execvp("sh", ["sh", "-c", "cd " + package + "; exec " + script + ' "$@"', "sh", *rest])
            """, to: "npm")
        try project.scratch.writeProgram(
            """
            #!/usr/bin/env python3
            import os, socket, sys, threading
            threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
            listener = socket.create_server(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])))
            print("at", listener.getsockname()[1], flush=True)
            while True: listener.accept()[0].close()
            """, to: "uvicorn")
        try project.scratch.write(
            #"{"workspaces": ["api", "web"], "scripts": {"dev": "./npm run dev --workspaces"}}"#, to: "package.json")
        for (name, port) in [("api", api), ("web", web)] {
            try project.scratch.write(
                "{\"name\": \"\(name)\", \"scripts\": {\"dev\": \"../uvicorn app:app --port \(port)\"}}",
                to: "\(name)/package.json")
        }
    }

    private func start(_ line: String) throws -> RunningProgram {
        try project.scratch.start(
            ["/bin/sh", "-c", line.replacing("portrun", with: "exec \(Program.portrun)")])
    }

    @Test(arguments: ["portrun -- ./npm run dev -w web", "cd web; portrun -- ../npm run dev"])
    func aLaterPackageIsInNobodysWay(_ line: String) throws {
        for first in ["portrun -- ./npm run dev", "portrun -- ./npm run dev --workspaces"] {
            let all = try start(first)
            #expect(try all.number(after: "at ") == api)
            let one = try start(line)
            #expect(try one.number(after: "at ") == web)
            one.signal(SIGTERM)
            #expect(try one.finish().errors == "")
            all.signal(SIGTERM)
            #expect(try all.finish().errors == "")
        }
    }

    /// While it runs, the next one is a second server.
    @Test func whatListensKeepsItsPort() throws {
        let one = try start("portrun -- ./npm run dev -w web")
        let port = Int(try one.number(after: "at "))
        let second = try start("portrun -q -- ./npm run dev -w web")
        let other = Int(try second.number(after: "at "))
        #expect(other != port)
        one.signal(SIGTERM)
        let outcome = try one.finish()
        #expect(port == web, "\(outcome)")
    }
}
