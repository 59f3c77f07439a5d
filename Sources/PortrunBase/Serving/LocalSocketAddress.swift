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
        guard path == nil else { return RawAddress.unix(text, body) }
        return RawAddress.abstract(String(text.dropFirst()), body)
    }
}
