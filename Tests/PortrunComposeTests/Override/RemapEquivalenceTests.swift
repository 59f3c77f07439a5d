import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

private let recorded = System.current().environment["PORTRUN_COMPOSE_CASES"]

/// Over every recorded project that compose reads: with the override, its configuration is the same whole document but
/// for the published ports, which are the booked ones.
///
/// `PORTRUN_COMPOSE_CASES` has the projects (`compose_ready`) and a description of each (`compose_expected`), and
/// `PORTRUN_COMPOSE` names the compose to ask. Every project is asked in its folder with all profiles; the other ways to
/// ask, and names of containers, are tried on a sample, for each question takes compose 50 ms of processor time.
@Suite(.enabled(if: recorded != nil && ComposeConfiguration.program != nil), .timeLimit(.minutes(30)))
struct RemapEquivalenceTests {
    /// The projects are dealt to as many tests, which run at the same time.
    static let hands = 4

    @Test(arguments: 0..<hands)
    func movesPublishedPortsAndNothingElse(hand: Int) throws {
        var moved = 0
        for project in try Recording.all(every: Self.hands, from: hand) {
            if try compare(project, project.arguments + ["--profile", "*"], in: project.folder) { moved += 1 }
        }
        #expect(moved > 100)
    }

    enum Way: CaseIterable {
        case activeProfiles, explicitFiles, fromElsewhere, namedContainers
    }

    @Test(arguments: Way.allCases)
    func movesThemAlone(asked way: Way) throws {
        var moved = 0
        for project in try Recording.all(every: 12, from: 0) {
            var arguments = project.arguments
            var folder = project.folder
            var policy = RemapPolicy()
            switch way {
            case .activeProfiles: break
            case .explicitFiles, .fromElsewhere:
                // The other flags are relative to the folder.
                guard let found = try project.reading(arguments, in: folder)?.files,
                    ComposeCommand(["docker", "compose"] + arguments)?.projectDirectory == nil,
                    ComposeCommand(["docker", "compose"] + arguments)?.envFiles.isEmpty == true
                else { continue }
                arguments = found.flatMap { ["-f", $0] }
                if way == .fromElsewhere { folder = "/" }
            case .namedContainers: policy.project = "portrun-feature"
            }
            if try compare(project, arguments, in: folder, policy) { moved += 1 }
        }
        #expect(moved > 20)
    }

    /// A compose without `!override` gets a whole configuration, which says what the files say with the override.
    @Test(arguments: [[], ["--profile", "*"]])
    func aWholeConfigurationSaysTheSame(profiles: [String]) throws {
        var compared = 0
        for project in try Recording.all(every: 24, from: 5) {
            let typed = try #require(ComposeCommand(["docker", "compose"] + project.arguments))
            guard typed.projectDirectory == nil, typed.envFiles.isEmpty,
                let files = try project.reading(project.arguments, in: project.folder)?.files
            else { continue }
            var variables = project.variables
            variables["PWD"] = "/"
            let arguments = files.flatMap { ["-f", $0] } + profiles
            let read = try #require(try project.reading(arguments, in: "/"))
            let booked = read.ports.indices.map { Self.booking(read.ports[$0], $0) }
            let policy = RemapPolicy(project: "portrun-feature")
            guard let override = ComposeOverride(of: read, booked: booked, policy: policy) else { continue }
            let scratch = try TemporaryFolder()
            let path = try override.save(as: "0123456789ab", for: .example, in: StateFolder(scratch.path))
            let words = ["docker", "compose"] + arguments
            let compose = try #require(ComposeCommand(words))
            let typedWords = words.map { Array($0.utf8) }
            let moving = compose.arguments(typedWords, loading: read.files, in: read.directory, override: path)
            let command = Command(
                arguments: typedWords, environment: ComposeConfiguration.environment(variables))
            let version = try #require(ComposeVersion("2.20.3"))
            let whole = try #require(
                try compose.configuration(for: command, read, changedBy: override, version: version))
            try scratch.write(whole, to: "whole.yaml")
            let loading = compose.arguments(
                typedWords, in: read.directory, configuration: scratch.path + "/whole.yaml")
            guard let wanted = try ComposeConfiguration(in: "/", Self.flags(moving), variables) else {
                Issue.record("\(project.id): refused\n\(override.text)")
                continue
            }
            let found = try ComposeConfiguration(in: "/", Self.flags(loading), variables)
            #expect(found.map(Self.text) == Self.text(wanted), "\(project.id)")
            compared += 1
        }
        #expect(compared > 20)
    }

    /// The document with `//`, as `${PWD}/x` makes it in `/`, for one slash: compose makes paths that plain itself.
    private static func text(_ configuration: ComposeConfiguration) -> String {
        configuration.document.json.text.replacing("\"//", with: "\"/")
    }

    /// What follows `docker compose`.
    private static func flags(_ arguments: [[UInt8]]) -> [String] {
        arguments.dropFirst(2).map { String(decoding: $0, as: UTF8.self) }
    }

    /// - Returns: false when there was nothing to move.
    private func compare(
        _ project: Recording, _ arguments: [String], in folder: String, _ policy: RemapPolicy = RemapPolicy()
    ) throws -> Bool {
        let read = try #require(try project.reading(arguments, in: folder), "\(project.id)")
        let booked = read.ports.indices.map { Self.booking(read.ports[$0], $0) }
        // What values inside the containers say is `FollowingValueTests`' affair.
        var policy = policy
        policy.changesValues = false
        guard let override = ComposeOverride(of: read, booked: booked, policy: policy) else { return false }
        let scratch = try TemporaryFolder()
        let path = try override.save(as: "0123456789ab", for: .example, in: StateFolder(scratch.path))
        let command = try #require(ComposeCommand(["docker", "compose"] + arguments))
        let words = (["docker", "compose"] + arguments).map { Array($0.utf8) }
        let moving = Self.flags(
            command.arguments(words, loading: read.files, in: read.directory, override: path))
        guard let before = try ComposeConfiguration(in: folder, arguments, project.variables),
            let after = try ComposeConfiguration(in: folder, moving, project.variables)
        else {
            Issue.record("\(project.id): refused\n\(override.text)")
            return false
        }
        let names = policy.project != nil
        #expect(after.remainder(withoutNames: names) == before.remainder(withoutNames: names), "\(project.id)")
        let wanted = zip(read.ports, booked).filter(\.0.isActive).map {
            "\($0.service) \($1?.description ?? $0.published.text ?? "-")"
        }
        #expect(after.published.sorted() == wanted.sorted(), "\(project.id)")
        return true
    }

    /// Another port for each that is not moved by a variable alone, as many in a row as a range has.
    private static func booking(_ port: DeclaredPort, _ index: Int) -> PortRange? {
        guard port.transport != nil, !port.feedsOnlyHostPort else { return nil }
        let count = port.published.range?.count ?? 1
        let first = 20_000 + index * 20
        return Port(first).flatMap { first in Port(Int(first.number) + count - 1).flatMap { PortRange(first, $0) } }
    }
}

/// One project of `PORTRUN_COMPOSE_CASES`.
private struct Recording {
    var id: String
    var folder: String
    /// What follows `docker compose`, with the folder as the working directory.
    var arguments: [String]
    /// What has to be set besides.
    var variables: [String: String]

    /// Every `stride`-th of those that compose reads, from the one at `start` on.
    static func all(every stride: Int, from start: Int) throws -> [Recording] {
        let root = try #require(recorded)
        let strata = (FileSystem.names(in: "\(root)/compose_expected") ?? []).sorted()
        var index = 0
        var result: [Recording] = []
        for stratum in strata {
            let folder = "\(root)/compose_expected/\(stratum)"
            for name in (FileSystem.names(in: folder) ?? []).sorted() {
                index += 1
                guard (index - 1) % stride == start else { continue }
                let text = try FileSystem.read("\(folder)/\(name)")
                let node = try #require(try YAMLParser.documents(in: text, file: 0).first)
                guard node["ok"]?.value == .boolean(true) else { continue }
                result.append(
                    Recording(
                        id: node["id"]?.string ?? "?", folder: "\(root)/compose_ready/\(node["dir"]?.string ?? "")",
                        arguments: (node["args"]?.elements ?? []).compactMap(\.string),
                        variables: Dictionary(
                            uniqueKeysWithValues: (node["filled_env"]?.pairs ?? []).map {
                                ($0.key, $0.value.scalar?.text ?? "")
                            })))
            }
        }
        return result
    }

    func reading(_ arguments: [String], in folder: String) throws -> ComposeProject? {
        let command = try #require(ComposeCommand(["docker", "compose"] + arguments))
        return try ComposeReader.read(
            command.request(workingDirectory: folder, environment: Environment(table: variables)))
    }
}
