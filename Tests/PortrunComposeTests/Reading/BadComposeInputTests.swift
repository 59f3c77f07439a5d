import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// What is wrong is said with file and line, in bounded time, and the lenient reader goes on without it.
@Suite(.timeLimit(.minutes(30)))
struct BadComposeInputTests {
    static let refused: [(text: String, message: String)] = [
        (
            "services:\n  s:\n    image: x\n    ports: ['80:y']\n",
            "compose.yaml:4: invalid port `80:y`: `y` is no container port"
        ),
        (
            "services:\n  s: {image: x, ports: [1:2:3:4]}\n",
            "compose.yaml:2: invalid port `1:2:3:4`: `1:2` is no IP address"
        ),
        ("services:\n\ts: {}\n", "compose.yaml:2: invalid YAML: found character that cannot start any token"),
        ("services:\n  s: [\n", "compose.yaml:3: invalid YAML: did not find expected node content"),
        ("a: 1\nb: 2\na: 3\n", "compose.yaml:3: key `a` already defined at line 1"),
        (
            "services:\n  s:\n    image: ${A:?set it}\n",
            "compose.yaml:3: required variable `A` is not set: set it"
        ),
        ("services:\n  s:\n    image: ${A\n", "compose.yaml:3: invalid variable in `${A`"),
        ("services:\n  s: {extends: s, image: x}\n", "compose.yaml:2: service `s` extends itself"),
        (
            "services: {s: {image: x}}\ninclude: [compose.yaml]\n",
            "compose.yaml:2: `compose.yaml` includes itself"
        ),
        ("services: {s: &a {image: x, labels: *a}}\n", "compose.yaml:1: anchor `a` contains itself"),
        ("services: {s: *b}\n", "compose.yaml:1: unknown anchor `b`"),
        ("a\0b", "compose.yaml:1: not a text file"),
        ("services: {s: {image: x}}\ninclude: [sub/nope.yaml]\n", "compose file `sub/nope.yaml` not found"),
    ]

    @Test(arguments: refused)
    func saysWhatIsWrong(_ text: String, _ message: String) throws {
        try withComposeFolder(["compose.yaml": text]) { folder in
            let request = ComposeRequest(workingDirectory: folder)
            let error = #expect(throws: DiscoveryError.self) { try ComposeReader.read(request) }
            #expect(error?.message == message)
            #expect(error?.exitStatus == 125)
            #expect(ComposeReader.readLeniently(request)?.warnings.first?.text == message)
        }
    }

    @Test func goesOnWithWhatCanBeRead() throws {
        let files = [
            "compose.yaml": """
            include: [nope.yaml]
            services:
              a: {image: "${NONE:?set it}", ports: ["1:1", "x:2"]}
              b: {extends: {file: gone.yaml, service: b}, ports: ["3:3"]}
            """, ".env": "A B=1\n", "compose.override.yml": "services: {a: {ports: ['4:4']}}\n",
        ]
        try withComposeFolder(files) { folder in
            let project = try #require(ComposeReader.readLeniently(ComposeRequest(workingDirectory: folder)))
            #expect(project.ports.map(\.summary) == ["1:1/tcp", "4:4/tcp", "3:3/tcp"])
            #expect(
                project.warnings.map(\.text) == [
                    ".env:1: space in a variable name",
                    "compose.yaml:3: required variable `NONE` is not set: set it",
                    "compose file `gone.yaml` not found",
                    "compose.yaml:4: no service `b` to extend in `gone.yaml`",
                    "compose file `nope.yaml` not found",
                    "compose.yaml:3: invalid port `x:2`: `x` is no host port",
                ])
        }
    }

    @Test(arguments: [
        "oci://docker.io/x/y:1", "https://example.invalid/x/y.git", "git@example.invalid:x/y.git#main:sub",
        "github.com/x/y.git", "ssh://git@example.invalid/x",
    ])
    func whatIsElsewhereIsLeftOut(_ address: String) throws {
        let text = """
            include: ["\(address)"]
            services:
              a: {image: x, ports: ["1:1"], depends_on: [elsewhere]}
              b: {extends: {file: "\(address)", service: s}, ports: ["2:2"]}
            """
        try withComposeFolder(["compose.yaml": text]) { folder in
            let project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder)))
            #expect(project.ports.map(\.summary) == ["1:1/tcp", "2:2/tcp"])
            let said = "`\(address)` is not on this machine, and left out"
            #expect(project.warnings.map(\.text) == ["compose.yaml:4: \(said)", "compose.yaml:1: \(said)"])
        }
    }

    @Test func aliasesDoNotExplode() throws {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        try leavesOut(["compose.yaml": text], .values, in: "compose.yaml")
    }

    @Test func nestingEnds() throws {
        try refuses(["compose.yaml": String(repeating: "[", count: 100_000)], .tooDeep)
        let deep = String(repeating: "${A:-", count: 100_000)
        let error = #expect(throws: ComposeProblem.self) { try Template(deep) }
        #expect(error.map { if case .invalidTemplate = $0 { true } else { false } } == true)
    }

    @Test func includesDoNotFanOut() throws {
        var files = ["f0.yaml": "services: {s: {image: x}}\n", "compose.yaml": "include: [f30.yaml]\n"]
        for level in 1...30 {
            files["f\(level).yaml"] = "include: [f\(level - 1).yaml, x/../f\(level - 1).yaml]\n"
        }
        try leavesOut(files, .files, in: nil)
    }

    @Test func chainsOfExtendsEnd() throws {
        let links = (0..<2000).map { "  s\($0): {extends: s\($0 + 1)}\n" }.joined()
        try refuses(
            ["compose.yaml": "services:\n\(links)  s2000: {image: x}\n"], .chainTooLong("s100"))
    }

    @Test func rangesDoNotExplode() throws {
        let ranges = Array(repeating: "'1-65535:1-65535'", count: 50).joined(separator: ", ")
        try leavesOut(
            ["compose.yaml": "services: {s: {image: x, ports: [\(ranges)]}}\n"], .published, in: "compose.yaml")
    }

    @Test(arguments: ["2000-60000:80", "2000-60000:2000-60000", "{target: 80, published: '2000-60000'}"])
    func rangesOfSeveralServicesCountTogether(_ entry: String) throws {
        try leavesOut(
            ["compose.yaml": "services: {s: {image: x, ports: [\(entry)]}, t: {image: x, ports: [\(entry)]}}\n"],
            .published, in: "compose.yaml")
    }

    /// What media servers and telephone exchanges publish is read, by a prompt too.
    @Test(arguments: [LookLimits.ofCommand, LookLimits.ofPrompt])
    func theRangesOfRealProjectsAreRead(_ limits: LookLimits) throws {
        let text = """
            services:
              turn:
                image: x
                ports: ['49152-65535:49152-65535/tcp', '49152-65535:49152-65535/udp']
              sip: {image: x, ports: ['10000-20000:10000-20000/udp']}
            """
        try withComposeFolder(["compose.yaml": text]) { folder in
            // However slow this machine is.
            let look = Look(LookLimits(milliseconds: 60_000, bytes: 1 << 20, published: limits[.published]))
            let project = try ComposeReader.read(ComposeRequest(workingDirectory: folder), look)
            #expect(project?.ports.count == 2 * 16_384 + 10_001)
        }
    }

    @Test func entriesDoNotPileUp() throws {
        let services = (0..<1500).map { "  s\($0): {image: x, ports: ['80']}\n" }.joined()
        try refuses(["compose.yaml": "services:\n" + services], .tooManyPorts(limit: ComposeLimits.portEntries))
    }

    @Test func servicesDoNotPileUp() throws {
        let services = (0..<3000).map { "  s\($0): {image: x}\n" }.joined()
        try leavesOut(["compose.yaml": "services:\n" + services], .services, in: "compose.yaml")
    }

    @Test func onlySomeWarningsAreKept() throws {
        let services = (0..<100).map { "  s\($0): {image: x, ports: ['x']}\n" }.joined()
        try withComposeFolder(["compose.yaml": "services:\n" + services]) { folder in
            let project = ComposeReader.readLeniently(ComposeRequest(workingDirectory: folder))
            #expect(project?.warnings.count == 10)
        }
    }

    @Test func refusesWhatIsNoFile() throws {
        try withComposeFolder(["d/x": ""]) { folder in
            mkfifo(folder + "/fifo", 0o600)
            for name in ["d", "fifo", "/dev/zero"] {
                let request = ComposeRequest(workingDirectory: folder, files: [name])
                let path = Path.absolute(name, in: folder)
                #expect(throws: DiscoveryError.unreadable(.notAFile(path: path))) {
                    try ComposeReader.read(request)
                }
            }
        }
    }

    /// Nothing is told of what is half read but that it is, and where.
    ///
    /// - Parameter file: nil for any.
    private func leavesOut(_ files: [String: String], _ resource: LookResource, in file: String?) throws {
        try withComposeFolder(files) { folder in
            let request = ComposeRequest(workingDirectory: folder)
            let error = #expect(throws: DiscoveryError.self) { try ComposeReader.read(request) }
            let look = Look()
            #expect(ComposeReader.readLeniently(request, look)?.warnings == [])
            let end = try #require(look.end)
            #expect(error == .leftOut(file: end.file(relativeTo: folder), end))
            if let file { #expect(end.path == "\(folder)/\(file)") }
            #expect(end.cause == .resource(resource, limit: LookLimits.ofCommand[resource]))
        }
    }

    private func refuses(_ files: [String: String], _ problem: ComposeProblem) throws {
        try withComposeFolder(files) { folder in
            let request = ComposeRequest(workingDirectory: folder)
            let error = #expect(throws: DiscoveryError.self) { try ComposeReader.read(request) }
            guard case .invalid(_, _, let found)? = error else {
                Issue.record("unexpected \(String(describing: error))")
                return
            }
            #expect(found == problem)
            #expect(ComposeReader.readLeniently(request) != nil)
        }
    }
}
