/// A TCP or UDP port number, 1 to 65535.
package struct Port: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let number: UInt16

    /// nil for anything but 1 to 65535.
    package init?(_ number: Int) {
        guard let number = UInt16(exactly: number), number > 0 else { return nil }
        self.number = number
    }

    /// The number that `text` spells in ASCII digits alone: no sign, space, exponent or leading zero.
    ///
    /// Not generic across modules: what is not specialized costs a launch a tenth.
    package init?(_ text: String) { self.init(digits: text.utf8) }

    /// Likewise, of a part of a text.
    package init?(_ text: Substring) { self.init(digits: text.utf8) }

    private init?(digits: some Collection<UInt8>) {
        guard (1...5).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        self.init(number)
    }

    package var description: String { String(number) }
    package static func < (left: Port, right: Port) -> Bool { left.number < right.number }

    /// True below 1024, where binding takes a privilege on most systems.
    package var isPrivileged: Bool { number < 1024 }

    /// True for a port that browsers refuse to open above 1023 (WHATWG Fetch, «bad port»).
    package var isBlockedByBrowsers: Bool {
        switch number {
        case 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665...6669, 6679, 6697, 10080: true
        default: false
        }
    }
}

/// The transport that a port belongs to; the same number may be booked once for each.
package enum TransportProtocol: String, Sendable, Hashable, CaseIterable {
    case tcp, udp

    /// The synthesized one makes an array first, which is much for each row of a registry.
    package init?(rawValue: String) {
        switch rawValue {
        case "tcp": self = .tcp
        case "udp": self = .udp
        default: return nil
        }
    }
}
