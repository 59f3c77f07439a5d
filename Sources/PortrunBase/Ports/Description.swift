/// The user's note on what a booking is for: 1 to 1000 bytes of UTF-8 on one line.
package struct Description: Sendable, Equatable {
    package let text: String

    private static let byteLimit = 1000

    /// nil for an empty or too long text, and for one with a control character in it.
    package init?(_ text: String) {
        guard (1...Self.byteLimit).contains(text.utf8.count), !text.unicodeScalars.contains(where: \.isControl) else {
            return nil
        }
        self.text = text
    }
}
