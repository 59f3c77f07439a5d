/// A name that a user gave to a context: not blank, at most 255 bytes, without control characters.
///
/// Anything else that a terminal can show on one line is allowed, slashes and non-ASCII letters too.
package struct ContextName: Sendable, Equatable {
    /// The reasons why a text is not a name.
    package enum Problem: Sendable, Equatable { case empty, tooLong, unprintable }

    static let byteLimit = 255

    let text: String

    /// Whether a text can name a context.
    package static func isName(_ text: String) -> Bool { (try? ContextName(text, option: "")) != nil }

    /// - Parameter option: the option that `text` was given to, for the message.
    init(_ text: String, option: String) throws(ContextError) {
        let problem: Problem? =
            if text.allSatisfy(\.isWhitespace) && !text.contains(where: \.isNewline) {
                .empty
            } else if text.utf8.count > Self.byteLimit {
                .tooLong
            } else if text.unicodeScalars.contains(where: Self.isUnprintable) {
                .unprintable
            } else {
                nil
            }
        if let problem { throw .invalidName(option: option, name: text, problem: problem) }
        self.text = text
    }

    /// C0, DEL, C1 and the two separators that break lines.
    private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
        default: false
        }
    }
}
