import PortrunBase

/// One value that is to be put into a file: `NAME=web`, or `/server/port=web`.
///
/// Behind `=` stands the name of a service, whose port it is then, or a text with placeholders (`PlaceholderText`).
package struct FileAssignment: Sendable, Equatable {
    /// A variable's name or another key, or a JSON pointer (RFC 6901).
    package let place: String
    package let value: PlaceholderText
    /// True when the value is a port and nothing else.
    package let isPort: Bool

    package init(_ word: String) throws(WriteError) {
        guard let separator = word.utf8.firstIndex(of: UInt8(ascii: "=")), separator != word.startIndex else {
            throw .notAnAssignment(word)
        }
        place = String(word[..<separator])
        let text = String(word[word.utf8.index(after: separator)...])
        let placeholders = PlaceholderText(text)
        isPort = placeholders.services.isEmpty && !placeholders.hasPrimary
        if isPort {
            guard let service = ServiceName(text) else { throw .notAService(text) }
            value = PlaceholderText(portOf: service)
        } else {
            value = placeholders
        }
    }

    package var isPointer: Bool { place.hasPrefix("/") }
}
