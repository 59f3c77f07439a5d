/// An address of this machine with a port, as it stands in a URL or by itself: `http://localhost:3000/x`.
struct LocalAddress: Equatable {
    let port: Port
    /// What stands before `://`, in lower case; nil without it.
    let scheme: String?

    private static let hosts = ["localhost", "127.0.0.1", "0.0.0.0", "[::1]", "[::]"]

    /// True for a host that is this machine.
    static func isLocal(host: String) -> Bool { hosts.contains(host) || host == "::1" || host == "::" }

    /// The first one in `text` that is no part of a longer name.
    init?(in text: some StringProtocol) {
        var rest = text[text.startIndex...]
        while let separator = rest.firstIndex(of: ":") {
            let before = text[..<separator]
            let digits = text[separator...].dropFirst().prefix { $0.isASCII && $0.isNumber }
            if let port = Port(digits), let host = Self.hosts.first(where: { before.hasSuffix($0) }) {
                let front = before.dropLast(host.count)
                if front.last.map({ !($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }) ?? true {
                    self.port = port
                    scheme = Self.scheme(before: front)
                    return
                }
            }
            rest = rest[separator...].dropFirst()
        }
        return nil
    }

    /// The scheme of a URL up to its host: `postgres://me:secret@`.
    private static func scheme(before front: some StringProtocol) -> String? {
        let authority = front.last == "@" ? front.prefix { $0 != "@" } : front[...]
        guard let colon = authority.firstIndex(of: ":"), authority[colon...].hasPrefix("://") else { return nil }
        let name = authority[..<colon].reversed().prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }.reversed()
        return name.isEmpty ? nil : String(name).lowercased()
    }
}
