/// The address of a unix socket, as portserver.py and its clients write it: a path, or `@name` for one that is in no
/// folder (Linux: unix(7), «abstract»).
package struct LocalSocketAddress: Sendable, Equatable {
    package let text: String

    package init(_ text: String) { self.text = text }

    /// nil for an abstract address.
    package var path: String? { text.hasPrefix("@") ? nil : text }

    /// Calls `body` with the address as bind(2) and connect(2) take it; nil where it has no room for it, or a NUL is in it.
    package func withSocketAddress<Result>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let isAbstract = path == nil
        var bytes = Array(text.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        // A path has a NUL behind it.
        guard !bytes.isEmpty, bytes.count < room, !bytes.contains(0) else { return nil }
        if isAbstract { bytes[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let size = MemoryLayout<sockaddr_un>.size - room + bytes.count + (isAbstract ? 0 : 1)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(size)) }
        }
    }
}
