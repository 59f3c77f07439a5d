import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// Env files are read as the libraries of programs read them.
@Suite(.timeLimit(.minutes(30)))
struct DotenvReaderTests {
    /// What stands in a file, and what `A` is then; nil where libraries differ.
    static let files: [(String, String?)] = [
        ("A=x", "x"), ("A=x\n", "x"), ("A=x\r\nB=y\r\n", "x"), ("A = x y \n", "x y"), ("  A=x", "x"), ("A=", ""),
        ("export A=x", "x"), ("export  A='x'", "x"), ("A=\"x\"", "x"), ("A='x y'  # c", "x y"), ("A=x # c", "x"),
        ("A=x\t# c", "x"), ("# A=1\nA=x", "x"), ("A=1\nA=x", "x"), ("\n\n\tA=x", "x"), ("A=\"x\\ny\"", "x\ny"),
        ("A='x\\ny'", "x\\ny"), ("A=\"x\ny\"\nB=1", "x\ny"), ("A='x\ny'\nB=1", "x\ny"), ("A=\"# x\"", "# x"),
        ("A='{\"a\": \"localhost:3000\"}'", "{\"a\": \"localhost:3000\"}"), ("A=[\"a\",\"b\"]", "[\"a\",\"b\"]"),
        ("A=a=b=c", "a=b=c"), ("A=x'y\"z", "x'y\"z"), ("B=1\n\nA=$B", "$B"), ("A=\"it's\"", "it's"), ("A='\"'", "\""),
        ("B=\"1\n2\n3\"\nA=x", "x"), ("nonsense\nA=x", "x"), ("A=ü", "ü"), ("A='x'\r\n", "x"),
        ("A=x#y", nil), ("A=#y", nil), ("A=`x`", nil), ("A='x' y", nil), ("A='x", nil), ("A=\"a\\\"b\"", nil),
        ("A='a\\'b'", nil), ("A=\"a\\tb\"", nil), ("A: x", nil), ("A='a\\\\b'", nil),
    ]

    private func variable(in file: String) throws -> EnvFileVariable {
        let variables = DotenvReader(Array(file.utf8), path: "/.env").variables
        return try #require(variables.last { $0.name == "A" })
    }

    @Test(arguments: files)
    func reads(_ file: String, _ value: String?) throws {
        let variable = try variable(in: file)
        #expect(variable.isDisputed == (value == nil))
        if let value { #expect(String(decoding: variable.value, as: UTF8.self) == value) }
    }

    @Test(arguments: [("A=1", 1), ("\n# c\nA=1", 3), ("B='1\n2'\n\nA=1", 4), ("B=1\r\nA=1", 2), ("B='1\nA=2", 2)])
    func knowsTheLine(_ file: String, _ line: Int) throws {
        #expect(try variable(in: file).line == line)
    }

    @Test func keepsBytes() throws {
        let variables = DotenvReader([0xEF, 0xBB, 0xBF] + Array("A=".utf8) + [0xFF, 0x0A], path: "").variables
        #expect(variables.map(\.value) == [[0xFF]])
    }

    private static let environment = Environment(["PATH": String(cString: getenv("PATH")), "LC_ALL": "C.UTF-8"])
    private static func has(_ words: String...) -> Bool {
        ChildProcess.run(words, environment: environment).status == 0
    }

    /// Runs a program with the paths of all files that libraries agree about; it prints their values, parted by NULs.
    private func readAll(by words: [String]) throws -> [String] {
        let folder = try TemporaryFolder()
        var paths: [String] = []
        for (number, (file, value)) in Self.files.enumerated() where value != nil {
            try folder.write(file, to: "\(number)")
            paths.append("\(folder.path)/\(number)")
        }
        let answer = ChildProcess.run(words + paths, environment: Self.environment)
        return answer.output.split(separator: "\0", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    @Test(.enabled(if: has("python3", "-c", "import dotenv"), "python-dotenv is not installed"))
    func readsAsPythonDoes() throws {
        let script = """
            import dotenv, sys
            for path in sys.argv[1:]:
                sys.stdout.buffer.write(dotenv.dotenv_values(path, interpolate=False)["A"].encode() + b"\\0")
            """
        #expect(try readAll(by: ["python3", "-c", script]) == Self.files.compactMap(\.1))
    }

    /// Node has a reader of its own, which takes less for a name than dotenv does.
    @Test(.enabled(if: has("node", "-e", "require('util').parseEnv('')"), "no node with `util.parseEnv`"))
    func readsAsNodeDoesWhatNodeReads() throws {
        let script = """
            for (const path of process.argv.slice(1)) {
                const file = require('fs').readFileSync(path, 'utf8')
                process.stdout.write((require('util').parseEnv(file).A ?? '') + '\\0')
            }
            """
        let values = try readAll(by: ["node", "-e", script])
        let beyond = ["export  A='x'", "A=x\t# c", "\n\n\tA=x", "nonsense\nA=x"]
        let agreed = Self.files.filter { $0.1 != nil }
        try #require(values.count == agreed.count)
        for (value, (file, expected)) in zip(values, agreed) where !beyond.contains(file) {
            #expect(value == expected, "\(file)")
        }
    }
}
