import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

@Suite(.timeLimit(.minutes(30)))
struct ComposeReaderTests {
    @Test(arguments: ComposeCase.all)
    func readsAsComposeDoes(_ project: ComposeCase) throws {
        let outcome = try withComposeFolder(project.files) { folder in
            let command = try #require(
                ComposeCommand(["docker", "compose"] + project.arguments + ["config"]))
            let request = command.request(
                workingDirectory: folder, environment: Environment(table: project.environment))
            return Self.outcome(of: request)
        }
        #expect(outcome == project.outcome)
    }

    @Test(arguments: PortCase.all)
    func publishesAsComposeDoes(_ port: PortCase) throws {
        let lines = port.entries.map { "      - \($0)\n" }.joined()
        let text = "services:\n  s:\n    image: x\n    ports:\n" + lines
        let outcome = try withComposeFolder(["compose.yaml": text]) { folder in
            Self.outcome(of: ComposeRequest(workingDirectory: folder))
        }
        #expect(
            outcome == port.published.map { .read($0.map { "s \($0)" }.sorted(), services: ["s"], name: "w") }
                ?? .refused)
    }

    @Test func findsNothingInAnEmptyFolder() throws {
        try withComposeFolder(["sub/README": ""]) { folder in
            // A compose file above the temporary folder would be found, as compose would find it.
            let project = try ComposeReader.read(ComposeRequest(workingDirectory: folder + "/sub"))
            #expect(project?.files.contains { $0.hasPrefix(folder) } != true)
        }
    }

    @Test func readsStandardInputOnlyWhenItIsGiven() throws {
        try withComposeFolder([:]) { folder in
            var request = ComposeRequest(workingDirectory: folder, files: ["-"])
            #expect(throws: DiscoveryError.emptyProject(file: "standard input")) {
                try ComposeReader.read(request)
            }
            request.standardInput = Array("services: {s: {image: x, ports: ['1:1']}}".utf8)
            let project = try #require(try ComposeReader.read(request))
            #expect(project.ports.map(\.file) == ["-"])
            #expect(project.directory == folder)
        }
    }

    @Test func marksWhatIsInactive() throws {
        let text =
            "services:\n  a: {image: x, profiles: [p], ports: ['1:1']}\n  b: {image: x, ports: ['2:2']}\n"
        try withComposeFolder(["compose.yaml": text]) { folder in
            var request = ComposeRequest(workingDirectory: folder)
            let without = try #require(try ComposeReader.read(request))
            #expect(without.ports.map(\.isActive) == [false, true])
            request.profiles = ["p"]
            let with = try #require(try ComposeReader.read(request))
            #expect(with.ports.map(\.isActive) == [true, true])
        }
    }

    @Test func namesTheFolderAsTheUserReachedIt() throws {
        try withComposeFolder(["real/compose.yaml": "services: {s: {image: x}}"]) { folder in
            symlink(folder + "/real", folder + "/link")
            let request = ComposeRequest(
                workingDirectory: folder + "/real", environment: Environment(["PWD": folder + "/link"]))
            let project = try #require(try ComposeReader.read(request))
            #expect(project.name == "link")
        }
    }

    private static func outcome(of request: ComposeRequest) -> ComposeCase.Outcome {
        do throws(DiscoveryError) {
            guard let project = try ComposeReader.read(request) else { return .refused }
            return .read(
                project.ports.filter(\.isActive).map { "\($0.service) \($0.summary)" }.sorted(),
                services: project.services.filter(\.isActive).map(\.name).sorted(), name: project.name ?? "")
        } catch {
            return .refused
        }
    }
}
