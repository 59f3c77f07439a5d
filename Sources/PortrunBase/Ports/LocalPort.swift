/// A `HOST:PORT` of this machine in a value, in a URL or not: where its number stands.
package struct LocalPort: Equatable {
    package let port: Port
    /// The digits.
    package let range: Range<Int>
    package let host: Range<Int>

    /// The one around the colon at `colon`; nil when the host is another's or what stands there is none.
    ///
    /// Names of users and passwords (`localhost:5432@db`), parts of paths (`/localhost:5432`), longer host names and
    /// ranges (`localhost:3000-3005`) are none. Nor is `5432:localhost:5432`, where the host is seen from the far end
    /// of a tunnel.
    package init?(in bytes: [UInt8], colon: Int) {
        var end = colon + 1
        var number = 0
        while end < bytes.count, end - colon <= 6, Self.isDigit(bytes[end]) {
            number = number * 10 + Int(bytes[end] - UInt8(ascii: "0"))
            end += 1
        }
        guard end > colon + 1, bytes[colon + 1] != UInt8(ascii: "0"), let port = Port(number),
            case let start = LocalHost.start(in: bytes, before: colon), LocalHost.isMeant(by: bytes[start..<colon]),
            Self.canStart(at: start, in: bytes), Self.canEnd(at: end, in: bytes)
        else { return nil }
        self.port = port
        range = colon + 1..<end
        host = start..<colon
    }

    /// Whether what stands before a host lets it be one.
    private static func canStart(at start: Int, in bytes: [UInt8]) -> Bool {
        guard start > 0 else { return true }
        switch bytes[start - 1] {
        case UInt8(ascii: "/"):
            // Two slashes, or `\/\/` as JSON may have them, behind a scheme's colon or where a word can start.
            var index = start - 1
            for _ in 0..<2 {
                guard index >= 0, bytes[index] == UInt8(ascii: "/") else { return false }
                index -= 1
                if index >= 0, bytes[index] == UInt8(ascii: "\\") { index -= 1 }
            }
            return index < 0 || bytes[index] == UInt8(ascii: ":") || bytes[index] == UInt8(ascii: "@")
                || isBoundary(bytes[index])
        case UInt8(ascii: "@"):
            // Behind a single slash it is part of a path: `https://example.com/@localhost:3000`.
            guard start > 1, bytes[start - 2] == UInt8(ascii: "/") else { return true }
            return start > 2 && bytes[start - 3] == UInt8(ascii: "/")
        case let byte: return isBoundary(byte)
        }
    }

    /// Whether what stands behind the number ends it, and no `@` turns all of it into a name with a password.
    private static func canEnd(at end: Int, in bytes: [UInt8]) -> Bool {
        guard end < bytes.count else { return true }
        switch bytes[end] {
        case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\\"): return true
        case UInt8(ascii: "$"):
            // The end of a regular expression, not a variable.
            return end + 1 == bytes.count || isBoundary(bytes[end + 1]) || bytes[end + 1] == UInt8(ascii: "/")
        case UInt8(ascii: ":"):
            // Nobody has a longer password here, and to look to the end for each port would take quadratic time.
            for byte in bytes[end...].prefix(64) {
                if byte == UInt8(ascii: "@") { return false }
                if byte == UInt8(ascii: "/") || isBoundary(byte) { return true }
            }
            return true
        case let byte: return isBoundary(byte)
        }
    }

    /// True for what parts the words of a list, of JSON and of a data source's name: `tcp(localhost:3306)`.
    private static func isBoundary(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "`"), UInt8(ascii: "="), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "?"):
            true
        default: false
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
