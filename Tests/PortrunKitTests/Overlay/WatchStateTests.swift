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

    @Test(arguments: ["compose.yaml", "base.yaml", ".env", "compose.override.yml"])
    func aChangedOrNewFileIsAChange(_ name: String) throws {
        let state = try #require(WatchState(WatchState(of: list, in: "/a b").text))
        #expect(state.isCurrent(in: "/a b"))
        #expect(!state.isCurrent(in: "/a"))
        try folder.write("services: {}\n", to: name)
        #expect(!state.isCurrent(in: "/a b"))
    }

    @Test func remembersWhatWasTold() throws {
        let state = WatchState(of: try list, in: "/a b", told: "`x` changed: 100 %")
        #expect(WatchState(state.text) == state)
        #expect(try WatchState(WatchState(of: list, in: "/a").text)?.told == nil)
    }

    @Test(arguments: ["", "/a", "/a - /b", "a b c d e"])
    func textOfSomethingElseIsNone(_ text: String) {
        #expect(WatchState(text) == nil)
    }
}
