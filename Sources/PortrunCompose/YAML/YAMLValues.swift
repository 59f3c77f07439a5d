import PortrunBase

/// The values of a YAML file with their places, for who changes one of them.
///
/// What stands behind an alias or a merge key has the place of its anchor.
package struct YAMLValues {
    private let bytes: [UInt8]
    /// The offset of each line's first byte.
    private let lineStarts: [Int]
    private var values: [KeyedValue] = []

    /// Those of every document.
    package static func all(in bytes: [UInt8]) throws(ComposeFailure) -> [KeyedValue] {
        var reader = YAMLValues(bytes)
        for document in try YAMLParser.documents(in: bytes, file: 0) { reader.addContent(of: document, path: []) }
        return reader.values
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
        for position in bytes.indices where Self.endsLine(bytes, at: position) { starts.append(position + 1) }
        lineStarts = starts
    }

    /// True at the last byte of what libyaml counts as a line break: CR, LF, both, NEL, LS and PS.
    private static func endsLine(_ bytes: [UInt8], at position: Int) -> Bool {
        switch bytes[position] {
        case 0x0A: true
        case 0x0D: position + 1 == bytes.count || bytes[position + 1] != 0x0A
        case 0x85: position > 0 && bytes[position - 1] == 0xC2
        case 0xA8, 0xA9: position > 1 && bytes[position - 2] == 0xE2 && bytes[position - 1] == 0x80
        default: false
        }
    }

    private mutating func add(_ node: YAMLNode, path: [[UInt8]], isElement: Bool) {
        values.append(
            KeyedValue(
                path: path, isElement: isElement, line: Int(node.location.line),
                text: node.scalar.map { Array($0.text.utf8) },
                range: node.scalar.flatMap { range(of: $0, node.location) }
            ))
        addContent(of: node, path: path)
    }

    private mutating func addContent(of node: YAMLNode, path: [[UInt8]]) {
        for pair in node.pairs ?? [] { add(pair.value, path: path + [Array(pair.key.utf8)], isElement: false) }
        for (index, element) in (node.elements ?? []).enumerated() {
            add(element, path: path + [Array(String(index).utf8)], isElement: true)
        }
    }

    /// nil for what has a tag or an anchor in front, for a block, and for more than one line.
    private func range(of scalar: YAMLNode.Scalar, _ location: SourceLocation) -> Range<Int>? {
        guard let start = offset(of: location), start < bytes.count else { return nil }
        if scalar.isPlain {
            guard !scalar.text.isEmpty, bytes[start...].starts(with: scalar.text.utf8) else { return nil }
            return start..<(start + scalar.text.utf8.count)
        }
        let quote = bytes[start]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        var end = start + 1
        while end < bytes.count, !Self.endsLine(bytes, at: end) {
            if bytes[end] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                end += 2
            } else if bytes[end] != quote {
                end += 1
            } else if quote == UInt8(ascii: "'"), end + 1 < bytes.count, bytes[end + 1] == quote {
                end += 2
            } else {
                return start..<(end + 1)
            }
        }
        return nil
    }

    private func offset(of location: SourceLocation) -> Int? {
        guard lineStarts.indices.contains(Int(location.line) - 1) else { return nil }
        var offset = lineStarts[Int(location.line) - 1]
        // Columns count characters; all but the first byte of one are continuations.
        for _ in 1..<max(1, Int(location.column)) {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
        }
        return offset
    }
}
