import TestSupport
import Testing

@testable import PortrunBase

/// A temporary folder with a home of its own and real git, away from the configuration of the machine.
final class GitSandbox {
    struct Failure: Error { let arguments: [String], status: Int32?, output: String }

    /// Absolute, without links.
    let root: String
    var home: String { "\(root)/home" }
    var environment: Environment

    init() throws {
        var template = Array("\(Self.temporary)/portrun-context-XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template))
        root = try #require(FileSystem.resolved(String(cString: made)))
        environment = Environment([
            "PATH": Environment.ofTests["PATH"] ?? "/usr/local/bin:/usr/bin:/bin", "HOME": "\(root)/home",
            "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C", "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
        ])
        try write(
            "home/.gitconfig",
            "[init]\n\tdefaultBranch = main\n[protocol \"file\"]\n\tallow = always\n[advice]\n\tdetachedHead = false\n"
        )
    }

    deinit {
        // Not with the environment of the sandbox, whose PATH a test may have changed.
        _ = ChildProcess.run(["rm", "-rf", root], environment: .ofTests)
    }

    /// Runs git in `folder`, relative to the sandbox, and gives back what it printed without the last line
    /// break.
    @discardableResult
    func git(_ arguments: String..., in folder: String) throws -> String {
        let answer = ask(arguments, in: folder)
        guard answer.status == 0 else {
            throw Failure(arguments: arguments, status: answer.status, output: answer.output)
        }
        return answer.text
    }

    /// Runs git, whatever its exit status.
    func ask(_ arguments: [String], in folder: String) -> ChildProcess.Answer {
        ChildProcess.run(["git", "-C", path(folder)] + arguments, environment: environment)
    }

    /// - Parameter name: relative to the sandbox, or absolute.
    func path(_ name: String) -> String { Path.absolute(name, in: root) }

    func write(_ name: String, _ text: String) throws {
        try makeFolder(Path.parent(path(name)))
        let descriptor = open(path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try #require(text.withCString { systemWrite(descriptor, $0, strlen($0)) } == text.utf8.count)
    }

    func append(_ text: String, to name: String) throws {
        try write(name, String(decoding: FileSystem.read(path(name)), as: UTF8.self) + text)
    }

    func makeFolder(_ name: String) throws {
        let answer = ChildProcess.run(["mkdir", "-p", path(name)], environment: environment)
        try #require(answer.status == 0)
    }

    /// A repository with one commit on `main` and no remote.
    @discardableResult
    func makeRepository(_ name: String) throws -> String {
        try makeFolder(name)
        try git("init", "-q", in: name)
        try git("commit", "-q", "--allow-empty", "-m", "first", in: name)
        return path(name)
    }

    /// A clone, in `name`, of a new bare repository at `<name>-origin/myapp.git`.
    @discardableResult
    func makeClone(_ name: String) throws -> String {
        try makeRepository("\(name)-source")
        try makeFolder("\(name)-origin")
        try git("clone", "-q", "--bare", "\(name)-source", "\(name)-origin/myapp.git", in: "")
        try git("clone", "-q", "\(name)-origin/myapp.git", name, in: "")
        return path(name)
    }

    func context(of folder: String) throws -> Context {
        try ContextResolver.resolve(request(folder))
    }

    func branches(of repository: String) -> GitBranches {
        GitBranches(of: repository, environment: environment)
    }

    func request(_ folder: String) -> ContextRequest {
        ContextRequest(workingDirectory: path(folder), home: home, environment: environment)
    }

    private static var temporary: String { Environment.ofTests["TMPDIR"] ?? "/tmp" }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafePointer<CChar>, _ count: Int) -> Int {
    #if canImport(Glibc)
        Glibc.write(descriptor, bytes, count)
    #else
        Darwin.write(descriptor, bytes, count)
    #endif
}
