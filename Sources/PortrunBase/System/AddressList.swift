/// Values that are addresses and nothing else: `http://localhost:3000`, `a:9092,b:9092`, `["ws://localhost:1"]`.
enum AddressList {
    /// Whether all of `value` is URLs and `HOST:PORT`, with what parts a list or JSON's array between them.
    static func isAll(of value: [UInt8]) -> Bool {
        var list = value[...]
        if list.starts(with: "[\"".utf8), list.last == UInt8(ascii: "]") { list = list.dropFirst().dropLast() }
        let items = list.split(whereSeparator: isSeparator)
        return !items.isEmpty && items.allSatisfy { isURL($0) || isHostAndPort($0) }
    }

    /// Whether `value` is one URL with a scheme.
    static func isURL(_ value: [UInt8]) -> Bool { isURL(value[...]) }

    private static func isURL(_ value: ArraySlice<UInt8>) -> Bool {
        // Several, as in `jdbc:mysql://localhost:3306`, are one.
        let scheme = value.prefix { isPartOfScheme($0) || $0 == UInt8(ascii: ":") }
        guard scheme.count > 1, scheme.last == UInt8(ascii: ":"), value[scheme.endIndex...].starts(with: "//".utf8)
        else { return false }
        return !value.contains(where: isQuotedOrCode)
    }

    /// `localhost:9092`, `[::1]:80/x`.
    private static func isHostAndPort(_ value: ArraySlice<UInt8>) -> Bool {
        let authority = value.prefix { $0 != UInt8(ascii: "/") }
        guard let colon = authority.lastIndex(of: UInt8(ascii: ":")), colon > authority.startIndex,
            colon + 1 < authority.endIndex, authority[(colon + 1)...].allSatisfy(isDigit)
        else { return false }
        return authority[..<colon].allSatisfy(isPartOfHost) && !value.contains(where: isQuotedOrCode)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "\""): true
        default: false
        }
    }

    private static func isPartOfScheme(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func isPartOfHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "_"): true
        case let byte: isPartOfScheme(byte)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// What a shell would not take for a plain word.
    private static func isQuotedOrCode(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F..., UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "\\"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "'"):
            true
        default: false
        }
    }
}
