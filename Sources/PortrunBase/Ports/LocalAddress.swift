/// An address of this machine with a port, inside a longer text: `localhost:5432`, `[::1]:80`, `app.localhost:3000`.
package struct LocalAddress: Equatable {
    package let text: String
    package let port: Port
    /// Where the number stands in the text's UTF-8.
    package let portRange: Range<Int>

    /// All in `text`, in order.
    package static func all(in text: String) -> [LocalAddress] {
        let bytes = Array(text.utf8)
        return bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") }.compactMap { LocalAddress(in: bytes, colon: $0) }
    }

    /// The address around the colon that parts host and port; nil where there is none.
    private init?(in bytes: [UInt8], colon: Int) {
        var end = colon + 1
        while end < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[end]) { end += 1 }
        guard let port = Port(String(decoding: bytes[colon + 1..<end], as: UTF8.self)) else { return nil }
        let start = LocalHost.start(in: bytes, before: colon)
        guard LocalHost.isMeant(by: bytes[start..<colon]) else { return nil }
        self.port = port
        text = String(decoding: bytes[start..<end], as: UTF8.self)
        portRange = colon + 1..<end
    }
}
