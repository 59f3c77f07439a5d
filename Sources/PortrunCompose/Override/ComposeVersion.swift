import PortrunBase

/// The version of a program that runs compose files, and whose program it is.
package struct ComposeVersion: Sendable, Equatable, CustomStringConvertible {
    /// Who understands the files. `podman compose`, and a `docker` that is podman, hand them on to one of these.
    package enum Reader: String, Sendable {
        case docker = "compose"
        case podman = "podman-compose"

        /// The first version that knows `!override` (its release notes).
        fileprivate var firstWithOverride: [Int] {
            switch self {
            case .docker: [2, 24, 4]
            case .podman: [1, 4]
            }
        }
    }

    package let reader: Reader
    private let numbers: [Int]

    /// The names by which podman-compose calls itself; the second one until 1.0.3, between lines with podman's version.
    private static let podmanNames = ["podman-compose", "podman-composer"]

    /// The version in what `compose version` prints: `Docker Compose version v2.26.1`, `podman-compose version 1.4.0`
    /// among other lines, or a bare `2.24.4-desktop.1`; nil when there is none.
    package init?(_ text: String) {
        let words = text.split { $0.isWhitespace || $0 == "," }
        let name = words.firstIndex { Self.podmanNames.contains(String($0)) }
        reader = name == nil ? .docker : .podman
        for word in words[(name ?? words.startIndex)...] {
            let digits = word.drop { $0 == "v" }.prefix { $0.isASCII && $0.isNumber || $0 == "." }
            let numbers = digits.split(separator: ".").compactMap { Int($0) }
            guard numbers.count >= 2 else { continue }
            self.numbers = Array(numbers.prefix(3))
            return
        }
        return nil
    }

    /// The numbers alone.
    package var description: String {
        var text = ""
        for number in numbers { text += (text.isEmpty ? "" : ".") + "\(number)" }
        return text
    }

    package var knowsOverride: Bool { !numbers.lexicographicallyPrecedes(reader.firstWithOverride) }

    /// True when what its `config` prints can be run in place of the project's files.
    ///
    /// Compose 2.0 is the first whose output is the same configuration when it is read again (docker/compose#8632).
    /// Version 1 does not take all that an override says, and podman-compose prints files nearly as they are.
    package var printsWholeConfiguration: Bool { reader == .docker && !numbers.lexicographicallyPrecedes([2]) }
}
