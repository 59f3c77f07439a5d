/// A text as the key of a dictionary or the member of a set, compared byte for byte: see `String+Bytes.swift`.
///
/// Inlinable, so that other modules have no generic code to run for their dictionaries.
@usableFromInline
package struct ExactString: Hashable, Sendable, CustomStringConvertible {
    @usableFromInline
    package let text: String

    @inlinable
    package init(_ text: String) { self.text = text }

    @inlinable
    package static func == (left: ExactString, right: ExactString) -> Bool { left.text == right.text }

    @inlinable
    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    @inlinable
    package var description: String { text }
}

extension Dictionary where Key == ExactString {
    @inlinable
    package subscript(text: String) -> Value? {
        get { self[ExactString(text)] }
        set { self[ExactString(text)] = newValue }
    }
}

extension Dictionary<ExactString, Int> {
    /// The place of each text in a list; the first one's where a text is there more often.
    package init(of texts: [String]) {
        self.init(minimumCapacity: texts.count)
        for (place, text) in texts.enumerated() where self[text] == nil { self[text] = place }
    }
}

extension Set<ExactString> {
    package init(of texts: [String]) {
        self.init(minimumCapacity: texts.count)
        for text in texts { insert(text) }
    }

    package func contains(_ text: String) -> Bool { contains(ExactString(text)) }

    @discardableResult
    package mutating func insert(_ text: String) -> Bool { insert(ExactString(text)).inserted }

    package mutating func formUnion(_ texts: [String]) {
        for text in texts { insert(text) }
    }
}
