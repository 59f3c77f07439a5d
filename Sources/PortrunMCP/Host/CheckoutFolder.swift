import PortrunBase
import PortrunKit
import PortrunRegistry

/// The folder of a checkout, as a client names it.
struct CheckoutFolder {
    private let path: String?
    private let host: ServerHost

    /// - Parameter path: seen from where the server was started, when it is not absolute; nil for that folder itself.
    init(_ path: String?, _ host: ServerHost) {
        self.path = path
        self.host = host
    }

    /// - Throws: `FolderError`, `ContextError`, `CheckoutError`, or `RegistryError.noHome`.
    func checkout() throws -> Checkout {
        var system = host.system()
        // The registry is the same for all folders: what names it is seen from where the server was started.
        let location = try RegistryLocation(option: host.registry, system: system)
        if let path { system.workingDirectory = try folder(path, seenFrom: system.workingDirectory) }
        return try Checkout(system, location: location)
    }

    /// Without links, as the system tells a working directory.
    private func folder(_ path: String, seenFrom workingDirectory: String?) throws(FolderError) -> String {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw FolderError(path: path, code: ENOENT) }
        let named = path.hasPrefix("/") ? path : (workingDirectory ?? "") + "/" + path
        guard let real = FileSystem.resolved(named) else { throw FolderError(path: path, code: errno) }
        guard FileSystem.kind(of: real) == .directory else { throw FolderError(path: path, code: ENOTDIR) }
        guard access(real, X_OK) == 0 else { throw FolderError(path: path, code: errno) }
        return real
    }
}
