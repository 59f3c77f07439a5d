import PortrunBase

extension CommandWord {
    /// Puts `text` in its place in a command line, and leaves the other bytes of its word alone.
    func replace(by text: String, in arguments: inout [[UInt8]]) {
        let end = offset + self.text.utf8.count
        guard arguments.indices.contains(word), end <= arguments[word].count else { return }
        arguments[word].replaceSubrange(offset..<end, with: text.utf8)
    }
}
