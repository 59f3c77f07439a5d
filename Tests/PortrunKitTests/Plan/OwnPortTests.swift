import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// Which commands are told a port of their own.
struct OwnPortTests {
    @Test(
        arguments: [
            (["vite"], .server), (["next", "dev"], .server), (["timeout", "60", "vite"], .server),
            (["sh", "-c", "if true; then vite; fi"], .server),
            (["python", "-m", "debugpy", "-m", "uvicorn", "a:b"], .server),
            (["python", "-m", "debugpy", "--listen", "5678", "-m", "uvicorn", "a:b"], .server),
            (["nodemon", "--exec", "vite --strictPort"], .server), (["op", "run", "--", "vite"], .server),
            (["nix", "develop", "-c", "vite"], .server), (["sudo", "-u", "me", "vite"], .server),
            (["node", "server.js"], .unknown), (["./server"], .unknown), (["ls"], .none), (["psql", "x"], .none),
            (["make", "up"], .none), (["just"], .none), (["honcho", "start"], .none), (["docker", "run", "x"], .none),
            (["concurrently", "node a.js", "node b.js"], .none), (["sh", "-c", "node a.js & node b.js"], .none),
            (["concurrently", "vite", "next dev"], .none), (["printenv", "PORT"], .asked),
            (["sh", "-c", "serve -l $PORT & vite"], .asked), (["sh", "-c", "x ${PORT:-80}"], .asked),
            (["git", "status"], .none), (["git", "daemon"], .unknown), (["git", "bisect", "run", "./x"], .unknown),
            (["gh", "pr", "list"], .none), (["gh", "cs", "ports", "forward", "80:80"], .unknown),
            (["jq", ".", "x.json"], .none), (["pytest", "-q"], .none), (["python", "-m", "pytest"], .none),
            (["uv", "run", "pytest"], .none), (["true"], .none), (["env", "A=1", "git", "log"], .none),
            (["sh", "-c", "curl localhost:3000"], .none), (["bash", "-ec", "cd x && git log | head; N=1"], .none),
            (["sh", "-c", "sh -c 'curl x; true'"], .none), (["sh", "-c", "curl x; ./x"], .unknown),
            (["sh", "-c", "echo \"$(./x)\""], .unknown), (["sh", "-c", "cat <(./x)"], .unknown),
            (["sh", "-c", "git() { ./x; }; git"], .unknown), (["sh", "-c", ""], .unknown),
            (["sh", "-c", "exec ./x"], .unknown), (["sh", "-c", "$SERVE"], .unknown),
            (["sh", "-c", "run $PORTAL"], .unknown), (["sh", "-c", "run $DB_PORT"], .unknown),
        ] as [([String], OwnPort)])
    func isDecidedByTheCommand(_ words: [String], _ expected: OwnPort) {
        let calls = FrameworkCalls(words, in: "/nowhere")
        #expect(OwnPort(words, BookingPlan.Wishes(), calls, hasPlaceholder: false) == expected)
    }

    @Test func isAskedForByOptionsAndPlaceholders() throws {
        var named = BookingPlan.Wishes()
        named.service = "api"
        var demanded = BookingPlan.Wishes()
        demanded.demands = [try #require(BookingPlan.Demand("8080"))]
        for wishes in [named, demanded] {
            #expect(OwnPort(["make"], wishes, FrameworkCalls(), hasPlaceholder: false) == .asked)
        }
        #expect(OwnPort(["make"], BookingPlan.Wishes(), FrameworkCalls(), hasPlaceholder: true) == .asked)
    }

    @Test(
        arguments: [
            (OwnPort.unknown, false, false, false, false), (.unknown, false, true, true, true),
            (.unknown, true, false, false, false),
            (.unknown, true, true, false, true), (.unknown, true, true, true, false),
            (.server, true, false, true, true),
            (.none, false, true, false, false),
        ])
    func isBookedWhereItCouldMeetAnothers(
        _ port: OwnPort, _ isForShell: Bool, _ isGuest: Bool, _ isInContainers: Bool, _ isBooked: Bool
    ) {
        #expect(
            port.isBooked(wish: nil, isForShell: isForShell, isGuest: isGuest, isInContainers: isInContainers)
                == isBooked)
    }

    /// One variable would send both servers to one number.
    @Test(arguments: [["bin/dev.sh"], ["bin/dev"], ["sh", "bin/dev"], ["python3", "run.py"], ["node", "run.js"]])
    func whatStartsSeveralScriptsWithPortsHasNone(_ words: [String]) throws {
        let folder = try TemporaryFolder()
        for name in ["api.js", "site.js"] { try folder.write("listen(process.env.PORT || 4100)", to: name) }
        for name in ["bin/dev.sh", "bin/dev"] { try folder.write("#!/bin/sh\nnode api.js & node site.js\n", to: name) }
        try folder.write("for f in ('api.js', 'site.js'): Popen(['node', f])", to: "run.py")
        try folder.write("for (const f of ['./api.js', './site.js']) spawn('node', [f])", to: "run.js")
        let calls = FrameworkCalls(words, in: folder.path)
        #expect(OwnPort(words, BookingPlan.Wishes(), calls, hasPlaceholder: false) == .none)
        // One of them alone may be told.
        try folder.write("", to: "site.js")
        let ofOne = FrameworkCalls(words, in: folder.path)
        #expect(OwnPort(words, BookingPlan.Wishes(), ofOne, hasPlaceholder: false) != .none)
    }

    @Test(arguments: [(false, false, false), (true, false, true), (true, true, false)])
    func aScriptOfTheShellIsToldOneWhereNothingMovesItsServers(
        _ isGuest: Bool, _ movesByItself: Bool, _ isBooked: Bool
    ) {
        #expect(
            OwnPort.script.isBooked(
                wish: nil, isForShell: false, isGuest: isGuest, isInContainers: false, movesByItself: movesByItself)
                == isBooked)
    }
}
