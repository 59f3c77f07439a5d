/// One value of a configuration file, with the keys that lead to it and its place in the text.
package struct KeyedValue: Sendable {
    /// From the document's root, as bytes: `String` takes different spellings of an accent for equal. An element's key
    /// is its index.
    package let path: [[UInt8]]
    /// True for an element of a list.
    package let isElement: Bool
    /// Counted from 1.
    package let line: Int
    /// Without quotes and escapes; nil for a table or a list.
    package let text: [UInt8]?
    /// Where the value stands, with its quotes; nil when it is not a plain or quoted text in one line.
    package let range: Range<Int>?

    package init(path: [[UInt8]], isElement: Bool, line: Int, text: [UInt8]?, range: Range<Int>?) {
        self.path = path
        self.isElement = isElement
        self.line = line
        self.text = text
        self.range = range
    }

    /// The path as a JSON pointer.
    package var pointer: String { JSONPointer.text(of: path) }
}

extension Look {
    /// Takes what `value` needs, with the whole way to it: a key may be long, and stand before many values.
    ///
    /// - Returns: false when the look is over.
    package func admits(_ value: KeyedValue) -> Bool {
        var bytes = value.text?.count ?? 0
        for key in value.path { bytes += key.count + MemoryLayout<[UInt8]>.size }
        return spend(1, of: .values, in: "") && spend(bytes, of: .bytes, in: "")
    }
}
