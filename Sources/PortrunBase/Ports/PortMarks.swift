/// A set of ports: a bit for each of all there are, so that no question takes longer for their number.
package struct PortMarks: Sendable {
    private var words = [UInt64](repeating: 0, count: 1024)

    package init() {}

    package mutating func mark(_ ports: PortRange) {
        for number in Int(ports.first.number)...Int(ports.last.number) {
            words[number >> 6] |= 1 << UInt64(number & 63)
        }
    }

    package func contains(_ port: Port) -> Bool { contains(Int(port.number)) }

    private func contains(_ number: Int) -> Bool { words[number >> 6] >> UInt64(number & 63) & 1 == 1 }

    package func overlaps(_ ports: PortRange) -> Bool { last(in: ports) != nil }

    /// The first port from `port` on that is not marked; nil for none.
    package func firstMissing(from port: Port) -> Port? {
        var number = Int(port.number)
        while number <= UInt16.max {
            // Those of a word from here on, with zeros where they are marked and behind the end.
            let missing = ~words[number >> 6] >> UInt64(number & 63)
            if missing != 0 { return Port(number + missing.trailingZeroBitCount) }
            number = (number >> 6 + 1) << 6
        }
        return nil
    }

    /// The end of the marked ports that reach into `ports` and furthest beyond; nil for none.
    package func last(in ports: PortRange) -> Port? {
        var number = Int(ports.last.number)
        while number >= ports.first.number, !contains(number) { number -= 1 }
        guard number >= ports.first.number else { return nil }
        while number < Int(UInt16.max), contains(number + 1) { number += 1 }
        return Port(number)
    }
}
