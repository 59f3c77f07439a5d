/// The lines of a text, without their ends, one after another: no list of them is made.
package struct TextLines: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var position = 0
    private var isOver = false

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next line; the last one may be empty.
    package mutating func next() -> String? {
        if isOver { return nil }
        var end = position
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        isOver = end == bytes.count
        let line = bytes[position..<end]
        position = end + 1
        return String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
}
