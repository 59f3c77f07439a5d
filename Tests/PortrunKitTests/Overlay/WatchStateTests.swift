import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose
@testable import PortrunKit

struct WatchStateTests {
    let folder: TemporaryFolder
    let project: ComposeProject?

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("services: {db: {extends: {file: base.yaml, service: db}}}\n", to: "compose.yaml")
        try folder.write("services: {db: {image: postgres}}\n", to: "base.yaml")
        project = ComposeReader.readLeniently(ComposeRequest(workingDirectory: folder.path))
    }

    private var list: WatchList {
        get throws {
            WatchList(
                try ContextResolver.resolve(
                    ContextRequest(workingDirectory: folder.path, home: nil, environment: Environment())),
                project, workingDirectory: folder.path, environment: Environment())
        }
    }

    @Test func watchesWhatWasReadAndWhatCouldBe() throws {
        #expect(
            try list.files
                == [
                    "compose.yaml", "base.yaml", "compose.override.yml", "compose.override.yaml",
                    "docker-compose.override.yml", "docker-compose.override.yaml", ".env",
                ].map { folder.path + "/" + $0 })
    }

    /// A shell hands it to programs in one variable.
    @Test func remembersNoMoreThanAProgramCanBeGiven() throws {
        let folder = folder.path + "/" + String(repeating: "long/", count: 100)
        let files = (0..<1000).map { "\(folder)\($0)" }
        let list = WatchList(
            try ContextResolver.resolve(
                ContextRequest(workingDirectory: "/", home: nil, environment: Environment())),
            nil, workingDirectory: "/", environment: Environment(), and: files)
        let state = WatchState(of: list, in: "/")
        #expect(state.text.utf8.count < 70_000)
        #expect(state.told?.contains("this shell sees changes of ") == true)
        #expect(WatchState(of: list, in: "/", told: "x").told == "x")
        #expect(WatchState(of: try self.list, in: "/").told == nil)
    }

    @Test(arguments: ["compose.yaml", "base.yaml", ".env", "compose.override.yml"])
    func aChangedOrNewFileIsAChange(_ name: String) throws {
        let state = try #require(WatchState(WatchState(of: list, in: "/a b").text))
        #expect(state.isCurrent(in: "/a b"))
        #expect(!state.isCurrent(in: "/a"))
        try folder.write("services: {}\n", to: name)
        #expect(!state.isCurrent(in: "/a b"))
    }

    @Test func remembersWhatWasTold() throws {
        var state = WatchState(of: try list, in: "/a b", told: "`x` changed: 100 %")
        state.refusals = "0123"
        #expect(WatchState(state.text) == state)
        #expect(try WatchState(WatchState(of: list, in: "/a").text)?.told == nil)
    }

    /// Who has written a file himself knows of it, and of nobody else's change.
    @Test func anExpectedChangeIsNone() throws {
        try folder.write("A=1\n", to: ".env")
        var state = WatchState(of: try list, in: "/a b")
        func write(at time: timespec) { FileSystem.touch(folder.path + "/.env", at: time) }
        var time = timespec()
        (time.tv_sec, time.tv_nsec) = (1_700_000_000, 120_000_000)
        write(at: time)
        #expect(!state.isCurrent(in: "/a b"))
        state.expect(folder.path + "/.env", writtenAt: time)
        #expect(state.isCurrent(in: "/a b"))
        time.tv_nsec += 40_000_000
        write(at: time)
        #expect(!state.isCurrent(in: "/a b"))
    }

    @Test(arguments: ["", "/a", "/a -", "/a - - /b", "a b c d e f"])
    func textOfSomethingElseIsNone(_ text: String) {
        #expect(WatchState(text) == nil)
    }
}
