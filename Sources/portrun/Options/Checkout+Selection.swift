import PortrunBase
import PortrunKit
import PortrunRegistry

extension Checkout {
    /// Enters the folder that `-C` names, for good, and resolves the context there.
    init(_ selection: Selection, _ system: System) throws {
        // What `--registry` names is seen from where the user stands.
        let location = try RegistryLocation(option: selection.registry, system: system)
        var system = system
        if let directory = selection.directory {
            guard chdir(directory) == 0 else { throw UsageError.directory(path: directory, code: errno) }
            system.workingDirectory = System.currentDirectory()
        }
        try self.init(
            system, as: .current(), location: location, name: selection.context, app: selection.app,
            instance: selection.instance)
    }

    /// Opens the registry for the rest of this process.
    ///
    /// - Parameter isQuiet: wait for another writer without a word.
    func openRegistry(isQuiet: Bool = false, longestWait: Int64? = nil) throws(RegistryError) -> Registry {
        let registry = try Registry(
            at: location, now: system.now, isQuiet: isQuiet, longestWait: longestWait,
            boot: process.vantage.bootID, warn: Report.warning)
        // Never let go of: taking SQLite down costs a launch a twentieth, and the end of the process does it as well.
        _ = Unmanaged.passRetained(registry)
        return registry
    }
}
