import PortrunBase

/// A folder that a client names, which works elsewhere than the program that it asks.
package enum ClientFolder {
    /// The path without links, as the system tells a working directory.
    ///
    /// - Parameter workingDirectory: what a path that is not absolute is seen from; nil where there is none.
    package static func resolved(_ path: String, seenFrom workingDirectory: String?) throws(FolderError) -> String {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw FolderError(path: path, code: ENOENT) }
        let named = path.hasPrefix("/") ? path : (workingDirectory ?? "") + "/" + path
        guard let real = FileSystem.resolved(named) else { throw FolderError(path: path, code: errno) }
        guard FileSystem.kind(of: real) == .directory else { throw FolderError(path: path, code: ENOTDIR) }
        guard access(real, X_OK) == 0 else { throw FolderError(path: path, code: errno) }
        return real
    }
}
