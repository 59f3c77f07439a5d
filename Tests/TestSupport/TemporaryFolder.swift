import PortrunBase

/// A folder of a test's own, removed with it.
package final class TemporaryFolder {
    /// Without links.
    package let path: String

    package init() throws(FileError) {
        let template = "/tmp/portrun-test-XXXXXX"
        var name = Array(template.utf8CString)
        guard let made = mkdtemp(&name), let path = FileSystem.resolved(String(cString: made)) else {
            throw .failed(path: template, code: errno)
        }
        self.path = path
    }

    deinit { _ = ChildProcess.run(["rm", "-rf", path], environment: Environment(["PATH": "/bin:/usr/bin"])) }

    package func write(_ text: String, to name: String) throws(FileError) {
        var folder = path
        for part in name.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o700)
        }
        guard let file = fopen(path + "/" + name, "w") else { throw .failed(path: name, code: errno) }
        defer { fclose(file) }
        guard fputs(text, file) >= 0 else { throw .failed(path: name, code: errno) }
    }
}
