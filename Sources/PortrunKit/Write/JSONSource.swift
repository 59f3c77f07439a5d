import PortrunBase

/// A JSON document as it stands in a file, with the place of every value in it (RFC 8259).
package struct JSONSource {
    package internal(set) var bytes: [UInt8]
    /// Comments and a comma behind the last element are allowed, as in `.jsonc`.
    let allowsComments: Bool
    private let look: Look
    private(set) var root: Node

    /// A value, from its first byte to its last.
    struct Node {
        let range: Range<Int>
        let kind: Kind
    }

    indirect enum Kind {
        case object([Member])
        case array([Node])
        case string
        /// A number, `true`, `false` or `null`.
        case other
    }

    struct Member {
        let key: String
        let keyRange: Range<Int>
        let value: Node
    }

    /// The problem, and the line that has it, counted from 1.
    package struct Failure: Error, Equatable {
        package let line: Int
        package let problem: String
    }

    /// - Parameter look: limits each reading of the text, and the time of all.
    package init(_ bytes: [UInt8], allowsComments: Bool, _ look: Look = Look()) throws(Failure) {
        self.bytes = bytes
        self.allowsComments = allowsComments
        self.look = look
        root = try JSONSourceParser.root(of: bytes, allowsComments: allowsComments, look)
    }

    /// Puts `text` in the place of a range, and reads the whole anew.
    mutating func replace(_ range: Range<Int>, by text: String) throws(Failure) {
        var changed = bytes
        changed.replaceSubrange(range, with: Array(text.utf8))
        self = try JSONSource(changed, allowsComments: allowsComments, look)
    }
}
