import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch
import Testing

/// Real servers that do not run in node, several in one script: each serves a port of its own.
@Suite(.timeLimit(.minutes(30)))
struct ScriptServerTests {
    private static let source = """
        import flask
        app = flask.Flask("x")
        def wsgi(environ, start):
            start("200 OK", [("Content-Type", "text/plain")])
            return [b"hello"]
        async def asgi(scope, receive, send):
            if scope["type"] == "lifespan":
                while True:
                    message = await receive()
                    await send({"type": message["type"] + ".complete"})
                    if message["type"] == "lifespan.shutdown":
                        return
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"hello"})
        """
    private static let three = "flask --app hello run & uvicorn hello:asgi & gunicorn hello:wsgi & read line; kill 0"
    private static let two = "flask --app hello run & (cd . && hypercorn hello:asgi) & read line; kill 0"

    static let scripts: [(script: String, byNPM: Bool, services: [String])] = [
        // By variables of their own
        (three, true, ["flask", "uvicorn", "gunicorn"]),
        // By words put into the text
        (three, false, ["flask", "uvicorn", "gunicorn"]), (two, false, ["flask", "hypercorn"]),
    ]

    @Test(
        .enabled(if: ServerCase.all.allSatisfy { $0.missing == nil }, "needs the servers of `scripts/servers.sh`"),
        arguments: scripts.indices)
    func eachServesAPortOfItsOwn(_ index: Int) throws {
        let (script, byNPM, services) = Self.scripts[index]
        let project = try Project()
        try project.scratch.write(Self.source, to: "hello.py")
        try project.scratch.write("{\"scripts\": {\"dev\": \"\(script)\"}}", to: "package.json")
        let environment =
            ["PATH=\(ServerCase.folder):/usr/local/bin:/usr/bin:/bin"]
            + project.scratch.environment.filter { !$0.hasPrefix("PATH=") }
        let command = byNPM ? ["npm", "run", "dev"] : ["/bin/sh", "-c", script]
        let demands = services.enumerated().flatMap { ["--port", "\($1)=\(project.outside + $0)"] }
        // In a session of its own, so that `kill 0` ends these alone.
        let program = try project.scratch.start(
            ["/usr/bin/setsid", Program.portrun, "run"] + demands + ["--"] + command, environment: environment)
        for offset in services.indices {
            let deadline = Deadline()
            while HTTPAnswer.start(from: project.outside + offset, isIPv6: false)?.hasPrefix("HTTP/1") != true {
                program.output.read(milliseconds: 5)
                program.errors.read(milliseconds: 5)
                if deadline.hasPassed || program.hasExited() {
                    throw HarnessError.missed(
                        "\(services[offset])", output: program.output.text, errors: program.errors.text)
                }
            }
        }
        program.closeInput()
        _ = try program.finish()
    }
}
