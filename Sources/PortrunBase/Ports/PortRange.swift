/// Ports from `first` to `last`, both included; never empty.
package struct PortRange: Sendable, Hashable, CustomStringConvertible {
    package let first: Port
    package let last: Port

    /// nil when `last` is below `first`.
    package init?(_ first: Port, _ last: Port) {
        guard first <= last else { return nil }
        self.first = first
        self.last = last
    }

    /// `count` ports from `first` on; nil when there are not so many, or none.
    package init?(_ first: Port, count: Int) {
        guard count > 0, let last = Port(Int(first.number) + count - 1) else { return nil }
        self.init(first, last)
    }

    /// One port.
    package init(_ port: Port) {
        first = port
        last = port
    }

    /// A range as users write it: `5432-5499`, or one port.
    package init?(_ text: String) { self.init(text[...]) }

    /// Likewise, of a part of a text.
    package init?(_ text: Substring) {
        guard let ends = Self.ends(text) else { return nil }
        self.init(ends.first, ends.last)
    }

    /// True for text that is a range but for its order: `5499-5432`.
    package static func isReversed(_ text: Substring) -> Bool {
        ends(text).map { $0.last < $0.first } ?? false
    }

    private static func ends(_ text: Substring) -> (first: Port, last: Port)? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(ends.count), let first = Port(ends[0]), let last = Port(ends[ends.count - 1])
        else { return nil }
        return (first, last)
    }

    package var count: Int { Int(last.number) - Int(first.number) + 1 }
    package var description: String { first == last ? "\(first)" : "\(first)-\(last)" }
    package func contains(_ port: Port) -> Bool { first <= port && port <= last }
    package func overlaps(_ other: PortRange) -> Bool { first <= other.last && other.first <= last }

    /// Every port of the range, upwards.
    package var ports: [Port] {
        (Int(first.number)...Int(last.number)).compactMap { Port($0) }
    }
}
