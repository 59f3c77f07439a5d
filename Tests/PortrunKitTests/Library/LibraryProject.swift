import PortrunKit
import TestSupport

/// A folder with a project, and a registry of its own, for a program that uses the library.
final class LibraryProject {
    let folder: TemporaryFolder
    let checkout: Checkout
    let registry: PortRegistry

    /// - Parameter file: the path of the registry, seen from the project.
    init(compose: String? = nil, registry file: String? = nil) throws {
        folder = try TemporaryFolder()
        if let compose { try folder.write(compose, to: "shop/compose.yaml") }
        try folder.write("{}\n", to: "shop/package.json")
        checkout = try Checkout(Self.system(in: folder.path, "shop"), registry: file)
        registry = try PortRegistry(of: checkout)
    }

    /// Another checkout that uses the same registry.
    func other(_ name: String, registry file: String? = nil) throws -> Checkout {
        try folder.write("{}\n", to: "\(name)/package.json")
        return try Checkout(Self.system(in: folder.path, name), registry: file)
    }

    private static func system(in home: String, _ name: String) -> System {
        System(
            environment: ["HOME": home, "PATH": "/usr/bin:/bin"], workingDirectory: "\(home)/\(name)",
            now: 1_800_000_000)
    }
}
