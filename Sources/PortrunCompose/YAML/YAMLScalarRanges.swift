import PortrunBase

/// Where the scalars of a YAML file stand, with their quotes.
///
/// Nodes tell line and column, which are counted in characters. So all of them are looked up in one way through the
/// text, in its order; several of one place, as aliases are, are one.
struct YAMLScalarRanges {
    private let bytes: [UInt8]
    private var position: Int
    private var line: UInt32 = 1
    private var column: UInt32 = 1

    /// One for each of `nodes`; nil for a collection, for what has a tag or an anchor in front, for a block, and for
    /// more than one line.
    static func all(of nodes: [YAMLNode], in bytes: [UInt8]) -> [Range<Int>?] {
        var ranges = [Range<Int>?](repeating: nil, count: nodes.count)
        var search = YAMLScalarRanges(bytes)
        let order = nodes.indices.sorted {
            let (left, right) = (nodes[$0].location, nodes[$1].location)
            return (left.line, left.column) < (right.line, right.column)
        }
        var last: Int?
        for index in order {
            guard let scalar = nodes[index].scalar else { continue }
            let location = nodes[index].location
            if let last, nodes[last].location == location {
                ranges[index] = ranges[last]
            } else if search.go(to: location) {
                ranges[index] = search.range(of: scalar)
            }
            last = index
        }
        return ranges
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Goes on to the character at `location`; false when there is none.
    private mutating func go(to location: SourceLocation) -> Bool {
        while line < location.line, position < bytes.count {
            if endsLine(at: position) { (line, column) = (line + 1, 0) }
            goOn()
        }
        while line == location.line, column < location.column, position < bytes.count { goOn() }
        return line == location.line && column == location.column && position < bytes.count
    }

    /// Goes on by one character: all but the first byte of one are continuations.
    private mutating func goOn() {
        position += 1
        column += 1
        while position < bytes.count, bytes[position] & 0xC0 == 0x80, !endsLine(at: position) { position += 1 }
    }

    /// True at the last byte of what libyaml counts as a line break: CR, LF, both, NEL, LS and PS.
    private func endsLine(at position: Int) -> Bool {
        switch bytes[position] {
        case 0x0A: true
        case 0x0D: position + 1 == bytes.count || bytes[position + 1] != 0x0A
        case 0x85: position > 0 && bytes[position - 1] == 0xC2
        case 0xA8, 0xA9: position > 1 && bytes[position - 2] == 0xE2 && bytes[position - 1] == 0x80
        default: false
        }
    }

    private func range(of scalar: YAMLNode.Scalar) -> Range<Int>? {
        if scalar.isPlain {
            guard !scalar.text.isEmpty, bytes[position...].starts(with: scalar.text.utf8) else { return nil }
            return position..<(position + scalar.text.utf8.count)
        }
        let quote = bytes[position]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        var end = position + 1
        while end < bytes.count, !endsLine(at: end) {
            if bytes[end] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                end += 2
            } else if bytes[end] != quote {
                end += 1
            } else if quote == UInt8(ascii: "'"), end + 1 < bytes.count, bytes[end + 1] == quote {
                end += 2
            } else {
                return position..<(end + 1)
            }
        }
        return nil
    }
}
