/// The version of a compose program.
package struct ComposeVersion: Sendable, Comparable, CustomStringConvertible {
    private let numbers: [Int]

    /// The first that knows `!override` (its release notes).
    package static let firstWithOverride = ComposeVersion(numbers: [2, 24, 4])

    private init(numbers: [Int]) { self.numbers = numbers }

    /// The version in what `compose version --short` prints: `2.26.1`, `v2.24.4-desktop.1`; nil when there is none.
    package init?(_ text: some StringProtocol) {
        let digits = text.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let numbers = digits.split(separator: ".").compactMap { Int($0) }
        guard numbers.count >= 2 else { return nil }
        self.numbers = Array(numbers.prefix(3))
    }

    package var description: String { numbers.map(String.init).joined(separator: ".") }

    package static func < (left: Self, right: Self) -> Bool {
        left.numbers.lexicographicallyPrecedes(right.numbers)
    }
}
