import PortrunBase

/// A file that compose is given beside the project's own, or in their place.
package enum RemapFile {
    /// Mode 0600, replaced as a whole, and left alone while its content is the same.
    package static func save(_ text: String, for owner: FileOwner, at path: String) throws(RemapError) {
        let directory = Path.parent(path)
        if mkdir(directory, 0o700) != 0, errno != EEXIST { throw .unwritable(.failed(path: directory, code: errno)) }
        let content = Array((owner.line(after: "#") + text).utf8)
        if let present = try? FileSystem.read(path), present == content { return }
        do throws(FileError) {
            try FileSystem.replace(path, with: content)
        } catch {
            throw .unwritable(error)
        }
    }
}
