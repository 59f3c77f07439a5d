import PortrunBase

/// A line of a service's env file as far as it says a variable: `NAME=value`, `export NAME=value`, `NAME: value`.
struct EnvFileLine {
    let name: String
    /// As it stands there.
    let value: String

    /// nil for a comment, and for what sets nothing.
    init?(_ text: String) {
        var rest = Self.skippingBlanks(Substring(text))
        if let behind: Substring = rest.rest(after: "export"), behind.first == " " || behind.first == "\t" {
            rest = Self.skippingBlanks(behind)
        }
        guard rest.first != "#",
            let end = rest.utf8.firstIndex(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") })
        else { return nil }
        var name = rest[..<end]
        while name.last == " " || name.last == "\t" { name = name.dropLast() }
        guard !name.isEmpty else { return nil }
        self.name = String(name)
        value = String(Substring(rest.utf8[end...].dropFirst()))
    }

    private static func skippingBlanks(_ text: Substring) -> Substring { text.drop { $0 == " " || $0 == "\t" } }
}
