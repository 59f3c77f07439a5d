import Testing

@testable import PortrunCore

/// A folder of a test's own, removed with it.
final class TemporaryFolder {
    /// Without links.
    let path: String

    init() throws {
        var template = Array("/tmp/portrun-test-XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template))
        path = try #require(FileSystem.resolved(String(cString: made)))
    }

    deinit { _ = CapturedProgram("rm", environment: Environment(["PATH": "/bin:/usr/bin"]))?.run(["rm", "-rf", path]) }

    func write(_ text: String, to name: String) throws {
        var folder = path
        for part in name.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o700)
        }
        let file = try #require(fopen(path + "/" + name, "w"))
        defer { fclose(file) }
        try #require(fputs(text, file) >= 0)
    }
}
