import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// What of an environment and of env files changes.
struct EnvironmentRewriteTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try #require(mkdir(folder.path + "/app", 0o700) == 0)
    }

    private func rewrite(
        _ environment: KeyValuePairs<String, String>, files: [(String, String)] = [], folders: [String] = [""],
        more: [String] = [], _ rules: PortRules = ValueRewriteTests.rules, leaving: [String] = [],
        isShell: Bool = false
    ) throws -> EnvironmentRewrite {
        for (name, text) in files { try folder.write(text, to: name) }
        let environment = Environment(environment)
        var variables = try EnvFileVariables(
            in: folders.map { $0.isEmpty ? folder.path : "\(folder.path)/\($0)" },
            files: more.map { "\(folder.path)/\($0)" }, environment: environment)
        if isShell {
            variables.noteWhatOtherModesHave(Look())
            variables.dropWhatOtherModesHave()
        }
        return EnvironmentRewrite(rules, environment: environment, files: variables, relativeTo: folder.path) {
            leaving.contains($0)
        }
    }

    private func told(_ rewrite: EnvironmentRewrite) -> [String] {
        rewrite.changes.map { change in
            let new = String(decoding: change.new, as: UTF8.self)
            switch change.origin {
            case .environment: return "\(change.name)=\(new)"
            case .file(let path, let line):
                return "\(change.name)=\(new) \(Path.shortest(path, from: folder.path)):\(line)"
            }
        }
    }

    @Test func aRealVariableHidesTheOneOfAFileEvenWhenEmpty() throws {
        let rewrite = try rewrite(
            ["A": "", "B": "x", "C": "localhost:3000"],
            files: [(".env", "A=localhost:3000\nB=localhost:3000\nC=localhost:8000\nD=localhost:3000\nE=db:3000\n")])
        #expect(told(rewrite) == ["C=localhost:13000", "D=localhost:13000 .env:4"])
    }

    @Test func aLaterFileWinsAndTheCommandsFolderBeforeTheProjects() throws {
        let rewrite = try rewrite(
            [:],
            files: [
                (".env", "A=localhost:3000/1\nB=localhost:3000/1\nC=localhost:3000/1\nD=localhost:3000/1\n"),
                (".env.local", "A=localhost:3000/2\nE=localhost:3000/2"), (".env.development", "B=localhost:3000/3"),
                (".env.development.local", "C=x"), ("app/.env", "D=localhost:3000/5"), ("more", "E=localhost:3000/6"),
            ], folders: ["", "app"], more: ["more"])
        #expect(
            told(rewrite) == [
                "A=localhost:13000/2 .env.local:1", "B=localhost:13000/3 .env.development:1",
                "D=localhost:13000/5 app/.env:1", "E=localhost:13000/6 more:1",
            ])
    }

    /// A number that becomes longer is enough.
    @Test func aValueThatNoProgramStartsWithIsToldOnceByName() throws {
        let most = EnvironmentLimit.longestEntry - "A=localhost:3000,".utf8.count
        let long = "localhost:3000," + String(repeating: "x", count: most)
        let fits = "localhost:3000," + String(repeating: "x", count: most - 1)
        let outcome = try rewrite([:], files: [(".env", "B=localhost:3000\nA=\(long)\nC=\(fits)\n")])
        #expect(outcome.changes.map(\.name) == ["B", "C"])
        #expect(outcome.warnings.count == 1)
        #expect(outcome.warnings.first?.text.hasPrefix(".env:2: `A` keeps its port: ") == true, "\(outcome.warnings)")
        let own = try rewrite(["A": long], folders: [])
        #expect(own.changes.isEmpty && own.warnings.count == 1, "\(own.changes.map { $0.new.count })")
    }

    @Test func anotherModeHasOtherFiles() throws {
        let files = [(".env.development", "A=localhost:3000"), (".env.test", "B=localhost:3000")]
        #expect(told(try rewrite([:], files: files)) == ["A=localhost:13000 .env.development:1"])
        #expect(told(try rewrite(["NODE_ENV": "test"], files: files)) == ["B=localhost:13000 .env.test:1"])
    }

    @Test func aShellDoesNotGetWhatABuildWouldReadElsewhere() throws {
        let rewrite = try rewrite(
            [:],
            files: [
                (".env", "A=localhost:3000\nB=localhost:3000"), (".env.production", "A=https://example.com"),
                (".env.example", "B=localhost:3000"),
            ], isShell: true)
        #expect(told(rewrite) == ["B=localhost:13000 .env:2"])
    }

    @Test func aPortWithARemoteHostBesideItStays() throws {
        let rewrite = try rewrite(
            [
                "DB_HOST": "db.example", "DB_PORT": "5432", "PG_HOST": "127.0.0.1", "PG_PORT": "5432",
                "X_PORT": "5432", "Y_PORT": "5432",
            ], files: [(".env", "X_HOSTNAME=x.example\nY_HOST=\n")])
        #expect(told(rewrite) == ["PG_PORT=5433", "Y_PORT=5433"])
    }

    @Test func whatAnotherSetsIsLeft() throws {
        let rewrite = try rewrite(["PORT": "3000", "A": "localhost:3000"], leaving: ["PORT"])
        #expect(told(rewrite) == ["A=localhost:13000"])
    }

    @Test func namesThatNoShellTakesAreLeft() throws {
        let rewrite = try rewrite(["BASH_FUNC_f%%": "() { curl localhost:3000; }", "a.b": "localhost:3000"])
        #expect(rewrite.changes.isEmpty)
    }

    @Test func aSharedNumberIsAmbiguousAndToldOnce() throws {
        let rules = try #require(
            PortRules([
                PortRule(service: "db", declared: PortRange(5432), booked: 5432),
                PortRule(service: "test-db", declared: PortRange(5432), booked: 5440),
                PortRule(service: "web", declared: PortRange(3000), booked: 3001),
            ]))
        let values: KeyValuePairs = ["A": "localhost:5432", "B": "localhost:5432,localhost:3000", "C_PORT": "5432"]
        let rewrite = try rewrite(values, rules)
        #expect(told(rewrite) == ["B=localhost:5432,localhost:3001"])
        #expect(
            rewrite.warnings.map(\.text) == [
                "values that name 5432, such as `A`, keep it: `db` and `test-db` both declare that port"
            ])
        #expect(try self.rewrite(["B": "localhost:3000"], rules).warnings.isEmpty)
    }

    @Test func tcpAndUdpOfOneServiceAreNotAmbiguous() throws {
        let rules = try #require(
            PortRules([
                PortRule(service: "dns", transport: .udp, declared: PortRange(5300), booked: 5302),
                PortRule(service: "dns", declared: PortRange(5300), booked: 5301),
            ]))
        #expect(told(try rewrite(["A": "localhost:5300"], rules)) == ["A=localhost:5301"])
    }

    @Test(arguments: [
        ("P=3000\nA=http://localhost:${P}/x", "http://localhost:13000/x"),
        ("A=http://localhost:${P:-3000}/x", "http://localhost:13000/x"),
        ("H=http://localhost:3000\nG=${H}/g\nA='${G}/a'", "http://localhost:13000/g/a"),
        ("A=${HOST_NAME}:3000", "localhost:13000"), ("A=localhost:3000/$1/$$", "localhost:13000/$1/$$"),
    ])
    func followsThroughVariables(_ file: String, _ expected: String) throws {
        let rewrite = try rewrite(["HOST_NAME": "localhost"], files: [(".env", file)])
        let change = try #require(rewrite.changes.first { $0.name == "A" })
        #expect(String(decoding: change.new, as: UTF8.self) == expected)
    }

    @Test(arguments: [
        "A=localhost:${P}", "A=${A}localhost:${A}", "A=localhost:${B}\nB=${A}", "A=localhost:${P-3000}",
        "A=localhost:${P:-${Q}}",
    ])
    func leavesToTheProgramWhatItAloneCanExpand(_ file: String) throws {
        let rewrite = try rewrite([:], files: [(".env", file)])
        #expect(rewrite == EnvironmentRewrite.nothing)
    }

    @Test(arguments: [
        "A=localhost:3000#x", "A=`localhost:3000`", #"A="localhost:3000 \"x\"""#, "A='it\\'s localhost:3000'",
        "A: localhost:3000", "A='localhost:3000' x", "A=u:pa$word@localhost:3000", #"A="localhost:3000\tx""#,
    ])
    func leavesWhatLibrariesReadDifferently(_ file: String) throws {
        let rewrite = try rewrite([:], files: [(".env", file)])
        #expect(rewrite.changes.isEmpty)
        #expect(
            rewrite.warnings.map(\.text) == [".env:1: `A` keeps its port: programs differ in how they read this line"])
    }

    @Test func namesTheFileThatIsNotThere() throws {
        #expect(throws: RewriteError.envFile(.failed(path: folder.path + "/nope", code: ENOENT))) {
            try rewrite([:], more: ["nope"])
        }
    }

    @Test func valuesThatDoubleEachOtherEndSoon() throws {
        var file = "V0=localhost:3000/xxxxxxxx\n"
        for number in 1..<16 {
            file += "V\(number)=" + String(repeating: "${V\(number - 1)}", count: 50) + "\n"
            file += "E\(number)=" + String(repeating: "${E\(number - 1)}", count: 50) + "\n"
        }
        file += "E0=\n"
        #expect(try rewrite([:], files: [(".env", file)]).changes.contains { $0.name == "V0" })
    }

    /// Each port is looked up once, however many services declare it.
    @Test func takesNoLongerForManyServices() throws {
        var rules: [PortRule] = []
        for number in 0..<400 {
            rules.append(
                PortRule(
                    service: try #require(ServiceName("s\(number)")), declared: PortRange(5432),
                    booked: try #require(Port(20000 + number))))
        }
        let value = Array(String(repeating: "localhost:5432,", count: 40_000).utf8)
        let environment = Environment(["A_URL": String(decoding: value, as: UTF8.self)])
        let start = ProcessorClock.nanoseconds()
        let rewrite = EnvironmentRewrite(
            try #require(PortRules(rules)), environment: environment, files: EnvFileVariables(), relativeTo: "/"
        ) { _ in false }
        #expect(ProcessorClock.nanoseconds() - start < 5_000_000_000)
        #expect(rewrite.changes.isEmpty)
        #expect(rewrite.warnings.count == 1 && rewrite.warnings[0].message.contains("`s9` and others both declare"))
    }
}

extension EnvironmentRewrite {
    fileprivate static var nothing: EnvironmentRewrite {
        EnvironmentRewrite(
            ValueRewriteTests.rules, environment: Environment(), files: EnvFileVariables(), relativeTo: "/"
        ) { _ in false }
    }
}
