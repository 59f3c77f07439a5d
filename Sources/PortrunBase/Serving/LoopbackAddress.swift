/// An address that only programs of this machine can reach, with a port: `127.0.0.1:8080`, `[::1]:8080`.
package struct LoopbackAddress: Sendable, Hashable, CustomStringConvertible {
    package let isIPv6: Bool
    /// 0 has the system choose one.
    package let port: UInt16

    package init(isIPv6: Bool = false, port: UInt16) {
        self.isIPv6 = isIPv6
        self.port = port
    }

    /// `127.0.0.1:PORT`, `[::1]:PORT`, or `localhost:PORT` for the first; nil for anything else.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard let port = digits == "0" ? 0 : Port(digits)?.number else { return nil }
        switch String(text[..<colon]) {
        case "127.0.0.1", "localhost": self.init(port: port)
        case "[::1]": self.init(isIPv6: true, port: port)
        default: return nil
        }
    }

    /// What stands in the place of the port in a text that would be an address otherwise; nil for any other text.
    package static func wrongPort(in text: String) -> String? {
        guard let colon = text.lastIndex(of: ":"), LoopbackAddress(text) == nil,
            LoopbackAddress(text[..<colon] + ":0") != nil
        else { return nil }
        return String(text[text.index(after: colon)...])
    }

    package var description: String { isIPv6 ? "[::1]:\(port)" : "127.0.0.1:\(port)" }

    /// What a client on this machine may call it in `Host`; the port may be missing where it is 80.
    package var hosts: [String] {
        let names = ["localhost", "127.0.0.1", "[::1]"]
        return names.map { "\($0):\(port)" } + (port == 80 ? names : [])
    }
}
