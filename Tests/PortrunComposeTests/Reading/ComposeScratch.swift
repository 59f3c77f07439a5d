import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// A folder `w` of its own below the temporary one, with files in it, for as long as `body` runs.
///
/// A file's name may have folders in it; they are made.
func withComposeFolder<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws -> Result {
    var template = Array("/tmp/portrun-compose.XXXXXX".utf8CString)
    let scratch = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer { removeTree(scratch) }
    let root = scratch + "/w"
    mkdir(root, 0o700)
    for (name, text) in files {
        makeFolders(above: "\(root)/\(name)")
        let file = try #require(fopen("\(root)/\(name)", "w"))
        fwrite(text, 1, text.utf8.count, file)
        fclose(file)
    }
    return try body(root)
}

private func makeFolders(above path: String) {
    let parent = Path.parent(path)
    guard FileSystem.kind(of: parent) == nil else { return }
    makeFolders(above: parent)
    mkdir(parent, 0o700)
}

private func removeTree(_ path: String) {
    for name in FileSystem.names(in: path) ?? [] {
        if unlink("\(path)/\(name)") != 0 { removeTree("\(path)/\(name)") }
    }
    rmdir(path)
}

extension Environment {
    /// For tables of tests.
    init(table: [String: String]) {
        self.init(entries: table.map { Array("\($0.key)=\($0.value)".utf8) })
    }
}

extension DeclaredPort {
    /// `address:published:target/protocol`, as tables of tests have it.
    var summary: String {
        let address = hostIP.map { $0.contains(":") ? "[\($0)]:" : "\($0):" }
        let end = "\(target)/\(protocolName)"
        return published.text == nil && address == nil ? end : "\(address ?? "")\(published.text ?? ""):\(end)"
    }
}
