import Foundation

/// A folder that is gone with the value.
final class ScratchFolder {
    /// Absolute, without links; nothing stands there yet.
    let path: String

    init() {
        path =
            FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("portrun-registry-\(UUID().uuidString)").path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func make() throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try make()
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }

    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    /// The bits of the mode that chmod(1) sets.
    func mode(of name: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(
            atPath: name.isEmpty ? path : "\(path)/\(name)")
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }

    func link(_ name: String, to target: String) throws {
        try make()
        try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
    }

    #if os(Linux)
        /// What this process has open in it.
        func openFiles() throws -> [String] {
            let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
            let files = descriptors.compactMap { descriptor in
                try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
            }
            return files.filter { $0.hasPrefix(path) }.sorted()
        }
    #endif
}
