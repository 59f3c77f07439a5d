/// An address of this machine with a port, inside a longer text: `localhost:5432`, `[::1]:80`, `app.localhost:3000`.
package struct LocalAddress: Equatable {
    package let text: String
    package let port: Port
    /// Where the number stands in the text's UTF-8.
    package let portRange: Range<Int>

    private static let hosts = ["localhost", "127.0.0.1", "0.0.0.0", "[::1]", "[::]", "host.docker.internal"]

    /// All in `text`, in order.
    package static func all(in text: String) -> [LocalAddress] {
        let bytes = Array(text.utf8)
        return bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") }.compactMap { LocalAddress(in: bytes, colon: $0) }
    }

    /// The address around the colon that parts host and port; nil where there is none.
    private init?(in bytes: [UInt8], colon: Int) {
        var end = colon + 1
        while end < bytes.count, isDigit(bytes[end]) { end += 1 }
        guard let port = Port(String(decoding: bytes[colon + 1..<end], as: UTF8.self)) else { return nil }
        let before = bytes[..<colon]
        guard let host = Self.hosts.first(where: { before.hasEnd($0.utf8) }) else { return nil }
        var start = colon - host.utf8.count
        if host == "localhost", start > 0, bytes[start - 1] == UInt8(ascii: ".") {
            // A name below it, such as `app.localhost`, is this machine as well (RFC 6761, section 6.3).
            while start > 0, isHostByte(bytes[start - 1]) { start -= 1 }
        }
        // The end of a longer name or number is another host.
        if start > 0, isHostByte(bytes[start - 1]) { return nil }
        self.port = port
        text = String(decoding: bytes[start..<end], as: UTF8.self)
        portRange = colon + 1..<end
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasEnd(_ end: String.UTF8View) -> Bool {
        count >= end.count && suffix(end.count).elementsEqual(end)
    }
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

private func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
