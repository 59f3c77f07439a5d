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
        if let path { system.workingDirectory = try ClientFolder.resolved(path, seenFrom: system.workingDirectory) }
        return try Checkout(system, location: location)
    }
}
