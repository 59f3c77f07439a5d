import TestSupport
import Testing

@testable import PortrunBase

/// Whatever an engine does, it is asked without harm and within its time.
@Suite(.timeLimit(.minutes(30)))
struct ContainerEngineTests {
    private static let head = "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n"

    /// What Docker 26.1 says, without the keys that nobody reads here.
    private static let summary = #"""
        {"Id": "72fc", "Names": ["/shop-db-1"], "State": "running", "Ports": [
            {"IP": "0.0.0.0", "PrivatePort": 5432, "PublicPort": 5433, "Type": "tcp"},
            {"IP": "::", "PrivatePort": 5432, "PublicPort": 5433, "Type": "tcp"},
            {"PrivatePort": 9000, "Type": "tcp"},
            {"IP": "127.0.0.1", "PrivatePort": 53, "PublicPort": 5353, "Type": "udp"},
            {"IP": "0.0.0.0", "PrivatePort": 1, "PublicPort": 5434, "Type": "sctp"}
        ], "Labels": {
            "com.docker.compose.project": "shop", "com.docker.compose.service": "db",
            "com.docker.compose.project.working_dir": "/no/such/folder/./shop"
        }}
        """#
    private static let container = Container(
        name: "shop-db-1", project: "shop", service: "db", workingDirectory: "/no/such/folder/shop",
        published: [.init(5433, .tcp), .init(5353, .udp)])
    private static let bare = Container(
        name: "x", project: "p", service: nil, workingDirectory: nil, published: [])
    private static func lone(image: String? = nil) -> Container {
        Container(name: "x", project: nil, service: nil, workingDirectory: nil, published: [], image: image)
    }

    @Test(arguments: [
        ("[\(summary)]", [container]), ("[]\n", []),
        (#"[{"Names": ["x"], "Labels": {"com.docker.compose.project": "p"}, "Ports": null}]"#, [bare]),
        // podman has no labels where Docker has none, and null for no names.
        (
            #"[{"Names": ["/x"], "Labels": null}, {"Names": null, "Labels": {"com.docker.compose.project": "p"}}]"#,
            [lone()]
        ),
        (
            #"[{"Names": ["/x"], "Image": "postgres:16", "Labels": {"a": "b"}}, 7, \#(summary)]"#,
            [lone(image: "postgres:16"), container]
        ),
    ])
    func readsTheList(_ body: String, containers: [Container]) throws {
        let engine = try FakeEngine(.answer(Self.head + body))
        #expect(ask(engine.path) == containers)
        #expect(
            engine.request
                == "GET /containers/json HTTP/1.0\r\nHost: localhost\r\n\r\n")
    }

    @Test(arguments: [
        "", "garbage", "HTTP/1.0 200 OK\r\n", "HTTP/1.0 500 Internal Server Error\r\n\r\n[\(summary)]",
        "HTTP/1.1 301 Moved Permanently\r\nLocation: http://x/\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n\r\n[]", head,
        head + "{\"message\": \"no\"}", head + "[\(summary)", head + "[\(summary)] []", head + "\u{0}\u{1}\u{2}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n",
    ])
    func knowsNothingAfterAnAnswerThatIsNone(_ answer: String) throws {
        #expect(ContainerEngine.document(in: Array(answer.utf8))?.elements == nil)
        #expect(ask(try FakeEngine(.answer(answer)).path) == [])
    }

    @Test func knowsNothingWhenHungUpOn() throws {
        #expect(ask(try FakeEngine(.hangUp).path) == [])
    }

    @Test func knowsNothingOfAnAnswerWithoutEnd() throws {
        let engine = try FakeEngine(.babble)
        // Long enough for the limit to be what ends it.
        let clock = ContinuousClock()
        let time = clock.measure { #expect(ask(engine.path, .seconds(50)) == []) }
        #expect(time < .seconds(40))
    }

    @Test(arguments: [FakeEngine.Behaviour.ignore, .answerAndStay(head + "[\(summary)]"), .answerAndStay("HTTP")])
    func waitsNoLongerThanItsPatience(_ behaviour: FakeEngine.Behaviour) throws {
        let engine = try FakeEngine(behaviour)
        let clock = ContinuousClock()
        let time = clock.measure { #expect(ask(engine.path, .milliseconds(30)) == []) }
        #expect(time >= .milliseconds(29))
        #expect(time < .seconds(10))
    }

    @Test func aFullQueueIsNotWaitedFor() throws {
        let engine = try FakeEngine(.ignore)
        // The queue holds a few connections; those behind them are refused at once, or time out.
        for _ in 0..<5 { #expect(ask(engine.path, .milliseconds(5)) == []) }
    }

    @Test func knowsNothingWhereNobodyListens() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "file")
        let paths = ["/missing", "/file", "", "/" + String(repeating: "x", count: 200)]
        for path in paths { #expect(ask(folder.path + path) == []) }
        #expect(ask("") == [])
        #expect(ask(try FakeEngine(.absent).path) == [])
    }

    @Test func asksEveryEngineInTurn() throws {
        let second = #"[{"Names": ["x"], "Labels": {"com.docker.compose.project": "p"}}]"#
        let engines = try [
            FakeEngine(.answer(Self.head + "[\(Self.summary)]")), FakeEngine(.answer(Self.head + second)),
        ]
        let sockets = [engines[0].path, "/missing", engines[1].path]
        let containers = ContainerEngine(sockets: sockets, patience: .seconds(30)).runningContainers()
        #expect(containers == [Self.container, Self.bare])
    }

    @Test func aFolderIsSeenWithoutLinksAsFarAsItExists() throws {
        let folder = try TemporaryFolder()
        try #require(symlink(folder.path, folder.path + "/link") == 0)
        let summary = #"""
            [{"Names": ["x"], "Labels": {"com.docker.compose.project": "p",
              "com.docker.compose.project.working_dir": "\#(folder.path)/link/gone/shop"}}]
            """#
        let engine = try FakeEngine(.answer(Self.head + summary))
        #expect(ask(engine.path).map(\.workingDirectory) == [folder.path + "/gone/shop"])
    }

    @Test(
        arguments: [
            (
                .container, "/containers/json?all=1", "[\(summary), {\"Names\": [\"/x\"], \"Labels\": null}]",
                [
                    EngineThing(
                        id: "72fc", name: "shop-db-1", project: "shop", workingDirectory: "/no/such/folder/shop"),
                    EngineThing(id: nil, name: "x", project: nil),
                ]
            ),
            (
                .volume, "/volumes",
                #"{"Volumes": [{"Name": "shop_data", "Labels": {"com.docker.compose.project": "shop"}}, {"Name": "y"}]}"#,
                [
                    EngineThing(id: nil, name: "shop_data", project: "shop"),
                    EngineThing(id: nil, name: "y", project: nil),
                ]
            ),
            (.volume, "/volumes", #"{"Volumes": null}"#, []),
            (
                .network, "/networks", #"[{"Name": "bridge", "Id": "ab"}, {"Id": "cd"}]"#,
                [EngineThing(id: "ab", name: "bridge", project: nil)]
            ),
        ] as [(EngineThing.Kind, String, String, [EngineThing])])
    func listsAllThingsOfAKind(
        _ kind: EngineThing.Kind, _ path: String, _ body: String, _ things: [EngineThing]
    ) throws {
        let engine = try FakeEngine(.answer(Self.head + body))
        #expect(ContainerEngine(sockets: [engine.path], patience: .seconds(30)).all(kind) == things)
        #expect(engine.request == "GET \(path) HTTP/1.0\r\nHost: localhost\r\n\r\n")
    }

    private func ask(_ path: String, _ patience: Duration = .seconds(30)) -> [Container] {
        ContainerEngine(sockets: [path], patience: patience).runningContainers()
    }
}
