import PortrunBase

/// The lines on which the names of a JSON file stand, asked for in the order of the file.
struct QuotedNames {
    private let bytes: [UInt8]
    /// Behind the name that was found last, and the line of that, counted from 1.
    private var position = 0
    private(set) var line = 1

    init(in bytes: [UInt8]) { self.bytes = bytes }

    /// Goes on to `name`; stays where it is when the file has it nowhere behind, as one that is spelt with escapes.
    mutating func find(_ name: String) {
        let quoted = Array("\"\(name)\"".utf8)
        var line = line
        var index = position
        while index + quoted.count <= bytes.count {
            if bytes[index] == UInt8(ascii: "\n") { line += 1 }
            if bytes[index] == quoted[0], bytes[index..<index + quoted.count].elementsEqual(quoted) {
                position = index + quoted.count
                self.line = line
                return
            }
            index += 1
        }
    }
}
