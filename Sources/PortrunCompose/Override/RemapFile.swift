import PortrunBase

/// A file that compose is given beside the project's own, or in their place.
package enum RemapFile {
    /// Mode 0600, replaced as a whole, and left alone while its content is the same.
    package static func save(_ text: String, for owner: FileOwner, at path: String) throws(RemapError) {
        let content = Array((owner.line(after: "#") + text).utf8)
        do throws(FileError) {
            try FileSystem.makeFolder(Path.parent(path))
            if Trust.isFile(path), let present = try? FileSystem.read(path), present == content { return }
            try FileSystem.replace(path, with: content)
        } catch {
            throw .unwritable(error)
        }
    }
}
