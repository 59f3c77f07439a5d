import Testing

@testable import portrun

/// The fast path reads what it reads as ArgumentParser does.
struct FastPathTests {
    static let read = [
        "run -- true", "run -- -- true", "run -- a -- b", "run -- --help", "run -- -q", "run api -- true",
        "run 8 -- true", "run a/b -- true", "run über -- true", "run -q -- true", "run --quiet -- true",
        "run -v -- true",
        "run --verbose -q -v -- true", "run --env-name API_PORT -- true", "run --env-name=API_PORT -- true",
        "run --env-name A --env-name B -- true", "run --port 4000 -- true", "run --port=4000 -- true",
        "run --port db=5432 --port 80 -- true", "run --port=db=5432 -- true", "run --port a=b=5432 -- true",
        "run --book mail -- true", "run --book mail --book=queue --book mail -- true",
        "run --ephemeral -- true",
        "run --share -- true", "run --exec -- true", "run --strict -- true", "run --strict --exec -q api -- true",
        "run --no-discover -- true",
        "run --context x --app y --instance z -- true", "run --context=x=y -- true", "run -C /tmp -- true",
        "run -C /a -C /b -- true", "run --registry r.db -- true",
        "run --registry=r.db -q api --share -- a b c",
        "run --share --share -- true", "run api -q --port 1 -- true", "run -q api -- true",
        "run --book a-b api -- true",
        "run --translate on -- true", "run --translate=off --translate auto -- true",
        "run --no-shim -- true", "run --fixed keep -- true", "run --fixed=fail --no-publish-bare api -- true",
        "run --fixed remap --fixed keep -- true", "export --fixed keep", "export --no-publish-bare --auto",
        "run --isolate volumes -- true", "run --isolate=volumes,images --isolate networks -- true",
        "run --use-main db -- true", "run --use-main=db,redis --use-main mail api -- true",
        "run --no-rewrite -- true", "run --env-file a --env-file=b/c api -- true", "export --no-rewrite --env-file x",
        "run --listen -- true", "run --listen web -- true", "run --listen=web,admin -q -- true",
        "run --listen -q -- true",
        "run api --listen -- true", "run --listen api -- -- true", "run --listen a --listen -- true",
        "run --listen --listen a b -- true",
        "export", "export --auto", "export --format shell", "export --format json", "export --format=env",
        "export --format json --format shell", "export --hook --format fish", "export --format=powershell --hook",
        "export -C .. --auto --registry=x", "export --context x",
        "get web", "get web -q", "get -q web", "get --quiet web", "get web --no-book", "get -C /x web",
        "get --app a --instance b web", "get --registry=/x/y web -q -q",
    ]

    @Test(arguments: read)
    func readsAsArgumentParserDoes(_ line: String) throws {
        let words = Self.words(line)
        let options = try #require(FastPath(words), "the fast path gives up")
        #expect(try Reading(options) == Reading(parsing: words))
    }

    static let refused = [
        "run", "run --", "run api", "run api --", "run a b -- true", "run --port -- true",
        "run --port 0 -- true",
        "run --port x -- true", "run --port=70000 -- true", "run --book -- true", "run --env-name 1A -- true",
        "run --env-name A-B -- true", "run --env-name -- true", "run --unknown -- true", "run -C/tmp -- true",
        "run --= true", "run -x -- true",
        "run --quiet=yes -- true", "run --strict=1 -- true", "export --strict", "run --share=1 -- true",
        "run -C -- true", "run --context -- true",
        "export --format", "export --format yaml", "export word", "export --auto=1", "export --hook=1", "export -q",
        "export -- x",
        "get", "get a b", "get web --bogus", "get -C", "get --no-book=1 web", "get --registry", "",
        "bogus", "--bogus", "run --no-discover=1 -- true",
        "run --translate -- true", "run --translate yes -- true", "export --translate on",
        "run --fixed -- true", "run --fixed move -- true", "run --no-shim=1 -- true", "export --fixed",
        "run --isolate -- true", "run --isolate volume -- true", "run --isolate= -- true",
        "run --isolate volumes, -- true", "run --use-main -- true",
        "run --listen a,,b -- true",
        "run --listen a,a -- true", "export --listen", "run --listen", "run --use-main db,,x -- true",
        "export --isolate volumes", "export --no-shim", "get web --fixed keep", "run --no-publish-bare=1 -- true",
        "run --fixed= -- true", "run --env-file -- true", "run --env-file= -- true", "run --no-rewrite=1 -- true",
        "export --env-file", "get web --no-rewrite",
    ]

    @Test(arguments: refused)
    func refusesWhatArgumentParserRefuses(_ line: String) {
        let words = Self.words(line)
        #expect(FastPath(words).map(Reading.init) == nil)
        #expect(throws: (any Error).self) { try Reading(parsing: words) }
    }

    /// What ArgumentParser alone understands.
    static let left = [
        "run -qv -- true", "run --listen= -- true", "run -vq --share -- true", "get -qC /x web",
    ]

    @Test(arguments: left)
    func leavesToArgumentParser(_ line: String) throws {
        let words = Self.words(line)
        #expect(FastPath(words).map(Reading.init) == nil)
        _ = try Reading(parsing: words)
    }

    /// Words that are strange, at every place where a word can stand: whoever reads them, both read alike.
    @Test(arguments: [
        "", " ", "-", "--", "---", "-q", "--q", "-C", "--port", "--port=", "=", "a=b", "--=", "-q=1", "-1",
        "--help", "-h",
        "--version", "help", "run", "--context=", "--context= ", "\n", "\u{301}", "--po", "—", "5432", "web",
        "--no-book",
        "--auto", "--format=json", "--fixed", "--fixed=keep", "--no-shim", "--no-publish-bare", "-C=x", "-Cx",
        "--env-name=PORT", "--book=a", "--quiet", "--no-rewrite", "--env-file", "--env-file=x",
    ])
    func readsAlikeWhateverStandsWhere(_ word: String) {
        let frames = [
            ["run", "?", "--", "true"], ["run", "api", "?", "--", "true"],
            ["run", "--port", "?", "--", "true"],
            ["run", "--context", "?", "--", "true"], ["run", "--book", "?", "--", "true"],
            ["run", "--", "?"],
            ["run", "-C", "?", "--", "true"], ["run", "--listen", "?", "--", "true"],
            ["run", "--env-name", "?", "--", "true"], ["run", "-q", "?"],
            ["export", "?"], ["export", "--format", "?"], ["export", "-C", "?"],
            ["export", "--context", "?", "--auto"],
            ["get", "?"], ["get", "web", "?"], ["get", "--registry", "?", "web"], ["get", "-q", "?", "web"],
            ["?"],
        ]
        for words in frames.map({ $0.map { $0 == "?" ? word : $0 } }) {
            guard let fast = FastPath(words).map(Reading.init) else { continue }
            #expect(fast == (try? Reading(parsing: words)), "\(words)")
        }
    }

    private static func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }
}

/// What a command line comes to, whoever has read it.
private enum Reading: Equatable {
    case run(RunOptions)
    case export(ExportOptions)
    case get(GetOptions)
    case other(String)

    init(_ path: FastPath) {
        switch path {
        case .run(let options): self = .run(options)
        case .export(let options): self = .export(options)
        case .get(let options): self = .get(options)
        }
    }

    init(parsing words: [String]) throws {
        switch try Portrun.parseAsRoot(words) {
        case let command as RunCommand: self = .run(command.options)
        case let command as ExportCommand: self = .export(command.options)
        case let command as GetCommand: self = .get(command.options)
        case let command:
            // `parseAsRoot` gives help as a command of its own; the others are not for the fast path.
            struct NotALaunch: Error {}
            guard !(command is Portrun), words != [] else { throw NotALaunch() }
            self = .other("\(type(of: command))")
        }
    }
}
