import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// Values inside containers that name published ports as seen from the host.
@Suite struct FollowingValueTests {
    /// What the override says of `api`, which publishes 4000, when 3000, 4000, 5432 and 9092 have moved by 1.
    private func values(_ api: String, _ files: [String: String] = [:], shell: [String: String] = [:]) throws
        -> [String]
    {
        let text = """
            x-env: &env {UI: 'http://localhost:3000'}
            services:
              ui: {image: x, ports: ['3000:80']}
              db: {image: x, ports: ['5432:5432']}
              broker: {image: x, ports: ['9092:9092']}
              api:
                image: x
                ports: ['4000:4000']
                \(api)
            """
        return try withComposeFolder(files.merging(["compose.yaml": text]) { $1 }) { folder in
            var environment = Environment()
            for (name, value) in shell { environment.set(name, to: value) }
            let project = try #require(
                try ComposeReader.read(ComposeRequest(workingDirectory: folder, environment: environment)))
            let booked = project.ports.map { port in
                port.published.range.flatMap { PortRange("\($0.first.number + 1)") }
            }
            return project.followingValues(booked).filter { $0.service == "api" }.map { "\($0.name)=\($0.new)" }
        }
    }

    @Test(arguments: [
        (
            "environment: {CORS: 'http://localhost:3000,http://127.0.0.1:3000'}",
            "CORS=http://localhost:3001,http://127.0.0.1:3001"
        ),
        ("environment: ['U=http://localhost:3000/a?b=c']", "U=http://localhost:3001/a?b=c"),
        ("environment: {<<: *env}", "UI=http://localhost:3001"),
        ("environment: {U: 'http://${HOST:-localhost}:${UI_PORT:-3000}'}", "U=http://localhost:3001"),
        ("environment: {U: '${U:-http://localhost:3000}'}", "U=http://localhost:3001"),
        ("environment: {U: 'postgres://host.docker.internal:5432/x'}", "U=postgres://host.docker.internal:5433/x"),
        ("environment: {SELF: 'http://host.docker.internal:4000'}", "SELF=http://host.docker.internal:4001"),
        ("environment: {PUBLIC_URL: 'http://localhost:4000'}", "PUBLIC_URL=http://localhost:4001"),
        ("environment: {API_EXTERNAL_PORT: 4000}", "API_EXTERNAL_PORT=4001"),
        ("environment: {X_PUBLIC_PORT: 4000, X_PUBLIC_HOST: localhost}", "X_PUBLIC_PORT=4001"),
        ("build: {context: ., args: {VITE_UI: 'http://localhost:3000'}}", "VITE_UI=http://localhost:3001"),
        ("build: {context: ., args: ['VITE_UI=http://localhost:3000']}", "VITE_UI=http://localhost:3001"),
        ("network_mode: host\n    environment: {SELF: 'http://localhost:4000'}", "SELF=http://localhost:4001"),
    ])
    func follow(_ api: String, _ value: String) throws {
        #expect(try values(api) == [value])
    }

    @Test(arguments: [
        "environment: {SELF: 'http://localhost:4000/health'}",
        "environment: {LISTENERS: 'PLAINTEXT://0.0.0.0:4000', PUBLIC_BIND: '0.0.0.0:4000'}",
        "environment: {PORT: 4000, DB_PORT: 5432, DB: 'postgres://db:5432'}",
        "environment: {X_PUBLIC_PORT: 4000, X_PUBLIC_HOST: example.com}",
        "environment: {U: 'http://localhost:4100'}",
        "expose: [3000]\n    environment: {U: 'http://localhost:3000'}",
        "expose: ['2990-3010/tcp']\n    environment: {U: 'http://localhost:3000'}",
        "network_mode: 'service:broker'\n    environment: {U: 'localhost:9092'}",
        "network_mode: 'container:other'\n    environment: {U: 'localhost:3000'}",
        "command: [serve, 'http://localhost:3000']",
        "healthcheck: {test: 'curl http://localhost:3000'}",
    ])
    func stay(_ api: String) throws {
        #expect(try values(api).isEmpty)
    }

    @Test(arguments: [
        "KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://localhost:9092'",
        "KAFKA_CFG_ADVERTISED_LISTENERS: 'IN://broker:29092,EXTERNAL://localhost:9092'",
        "MINIO_SERVER_URL: 'http://localhost:9092'", "NEXTAUTH_URL: 'http://localhost:9092'",
        "GF_SERVER_ROOT_URL: 'http://localhost:9092'", "KC_HOSTNAME_URL: 'http://localhost:9092'",
        "APP_URL: 'http://localhost:9092'",
    ])
    func whatAServiceAdvertisesOfItselfFollows(_ line: String) throws {
        let project = try ComposeProject.reading(
            "services: {broker: {image: x, ports: ['9092:9092'], environment: {\(line), BIND: 'localhost:9092'}}}")
        let made = try #require(project.override([0: "9093"])?.body)
        #expect(made.contains("localhost:9093\""))
        #expect(!made.contains("9092\" }") && !made.contains("BIND"))
    }

    @Test func anEnvFilesValueFollowsUnlessTheEnvironmentHasIt() throws {
        let files = [
            "a.env": "# c\nU=http://localhost:3000 # ui\nV=http://localhost:3000\nSELF=http://localhost:4000\n",
            "b.env": "export W='http://localhost:3000/$X'\nV=none\n",
        ]
        #expect(
            try values("env_file: [a.env, {path: b.env}, {path: no.env, required: false}]", files) == [
                "W=http://localhost:3001/$X", "U=http://localhost:3001",
            ])
        #expect(
            try values("env_file: a.env\n    environment: {U: fixed, V: }", files).isEmpty)
    }

    @Test(arguments: [
        "U=http://localhost:3000", "export U=http://localhost:3000", "  export\tU = http://localhost:3000",
        "U: http://localhost:3000", "export U='http://localhost:3000' # it", "\tU=\"http://localhost:3000\"",
    ])
    func aLineOfAnEnvFileIsReadInEachSpelling(_ line: String) throws {
        let text = "services: {ui: {image: x, ports: ['3000:80']}, api: {image: x, env_file: a.env}}"
        try withComposeFolder(["compose.yaml": text, "a.env": line + "\n"]) { folder in
            let project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder)))
            let booked = project.ports.map { _ in PortRange("3001") }
            #expect(project.followingValues(booked).map { "\($0.name)=\($0.new)" } == ["U=http://localhost:3001"])
            #expect(
                project.movedPortFindings(booked).filter { $0.kind == .oldPort }.isEmpty, "what follows is not told of")
        }
    }

    @Test func aNameWithoutAValueHasTheOuterOne() throws {
        let shell = ["U": "http://localhost:3000"]
        #expect(try values("environment: [U]", shell: shell) == ["U=http://localhost:3001"])
        #expect(try values("environment: {U: }", shell: shell) == ["U=http://localhost:3001"])
        #expect(try values("environment: [U]").isEmpty)
        #expect(try values("environment: [U]", [".env": "U=http://localhost:3000"]) == ["U=http://localhost:3001"])
    }

    @Test func extendedAndIncludedServicesFollowToo() throws {
        let files = [
            "compose.yaml": """
            include: [more/compose.yaml]
            services:
              ui: {image: x, ports: ['3000:80']}
              a: {extends: {file: base.yaml, service: base}, profiles: [p]}
            """,
            "base.yaml": "services: {base: {image: x, environment: {U: 'http://localhost:3000'}}}",
            "more/compose.yaml": "services: {b: {image: x, environment: ['U=http://localhost:3000']}}",
        ]
        try withComposeFolder(files) { folder in
            let project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder)))
            let booked = project.ports.map { _ in PortRange("3001") }
            let places = project.followingValues(booked).map {
                "\($0.service) \(Path.shortest($0.file, from: folder)):\($0.line)"
            }
            #expect(places.sorted() == ["a base.yaml:1", "b more/compose.yaml:1"])
            #expect(project.movedPortFindings(booked).isEmpty)
        }
    }

    @Test func aNumberOfTwoServicesOnTheirOwnWaysStays() throws {
        let project = try ComposeProject.reading(
            """
            services:
              a: {image: x, ports: ['127.0.0.1:3000:80']}
              b: {image: x, ports: ['127.0.0.2:3000:80']}
              c: {image: x, environment: {U: 'http://localhost:3000'}}
            """)
        #expect(project.followingValues([PortRange("3001"), PortRange("3002")]).isEmpty)
        #expect(project.followingValues([PortRange("3001"), nil]).isEmpty)
        #expect(project.movedPortFindings([PortRange("3001"), PortRange("3002")]).count == 1)
    }

    @Test func aValueThatItsVariableCarriesIsNotSaidAgain() throws {
        let project = try ComposeProject.reading(
            """
            services:
              a: {image: x, ports: ['${A:-3000}:80', '4000:4000']}
              b: {image: x, environment: {U: 'http://localhost:${A:-3000}', V: 'localhost:${A:-3000},localhost:4000'}}
            """)
        let values = project.followingValues([PortRange("3001"), PortRange("4001")])
        #expect(values.map(\.new) == ["localhost:3001,localhost:4001"])
    }
}

/// The registry is locked meanwhile.
struct FollowingValueGrowthTests {
    @Test(.timeLimit(.minutes(30))) func manyServicesWithOneLargeEnvFileTakeNoTime() throws {
        let services = (0..<1000).map { "  s\($0): {image: y, env_file: [a.env]}\n" }.joined()
        let lines = (0..<5000).map { "V\($0)=localhost:5432\n" }.joined()
        try withComposeFolder([
            "compose.yaml": "services:\n  db: {image: x, ports: ['5432:5432']}\n" + services, "a.env": lines,
        ]) { folder in
            let project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder)))
            let envFiles = ServiceEnvFiles(of: project, Look())
            let start = ProcessorClock.nanoseconds()
            let found = project.followingValues([PortRange("5433")], envFiles, Look())
            #expect(found.count <= 1000)
            #expect(ProcessorClock.nanoseconds() - start < 5_000_000_000)
        }
    }

    /// Twice as many services with ranges take twice as long, not four times.
    @Test(.timeLimit(.minutes(30))) func valuesOfRangesAreFoundInLinearTime() throws {
        func time(_ count: Int) throws -> Int64 {
            let services = (0..<count).map { number in
                let first = 2000 + number * 40
                let values = (0..<40).map { "V\($0)=localhost:\(first + $0)" }.joined(separator: ", ")
                return "  s\(number): {image: x, ports: ['\(first)-\(first + 39):80'], environment: [\(values)]}\n"
            }
            let project = try ComposeProject.reading("services:\n" + services.joined())
            var best = Int64.max
            for _ in 0..<3 {
                let start = ProcessorClock.nanoseconds()
                let look = Look(LookLimits(milliseconds: 60_000, bytes: 8 << 20))
                #expect(project.valuesThatMayFollow(look).count == min(40 * count, 1000))
                best = min(best, ProcessorClock.nanoseconds() - start)
            }
            return best
        }
        _ = try time(10)
        let (first, second) = (try time(200), try time(800))
        #expect(second < first * 10, "\(first) \(second)")
    }

    @Test func aRangeMovesAsOne() throws {
        let project = try ComposeProject.reading("services: {a: {image: x, ports: ['7000-7009:80-89', '7020:1']}}")
        let booked = (0..<10).map { PortRange("\(8000 + $0)") } + [PortRange("7020")]
        #expect(
            project.moved(to: booked) == [
                MovedRange(service: "a", from: try #require(PortRange("7000-7009")), to: 8000, variable: nil)
            ])
    }

    /// In the registry's transaction a look goes on that began with the files.
    @Test func endsWithTheTimeOfTheLook() throws {
        let values = (0..<900).map { "V\($0)=localhost:5432" }.joined(separator: ", ")
        let project = try ComposeProject.reading(
            "services: {db: {image: x, ports: ['5432:5432'], environment: [\(values)]}}")
        let look = Look(.ofPrompt, since: ProcessorClock.nanoseconds() - 200_000_000)
        let override = ComposeOverride(of: project, booked: [PortRange("5433")], policy: RemapPolicy(), look)
        #expect(override != nil, "ports move all the same")
        #expect(look.end?.cause == .time(milliseconds: 100))
        #expect(look.end?.path == project.files.first)
    }

    @Test(.timeLimit(.minutes(30))) func aLongValueIsNoListOfAddresses() throws {
        let value = String(repeating: "localhost:5432 ", count: 100_000)
        let project = try ComposeProject.reading(
            "services: {db: {image: x, ports: ['5432:5432'], environment: {A_URL: '\(value)', B_URL: 'localhost:5432'}}}"
        )
        let start = ProcessorClock.nanoseconds()
        let found = project.followingValues([PortRange("5433")])
        #expect(!found.contains { $0.name == "A_URL" })
        #expect(ProcessorClock.nanoseconds() - start < 5_000_000_000)
    }
}
