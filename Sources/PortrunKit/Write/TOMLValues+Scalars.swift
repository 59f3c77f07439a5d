import PortrunBase

extension TOMLValues {
    /// A string's or plain value's text.
    mutating func scalar() throws(Failure) -> (bytes: [UInt8], isMultiLine: Bool) {
        for quote in ["\"\"\"", "'''"] where skip(quote) { return (try multiLine(until: quote), true) }
        if let byte = current, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return (try string(), false) }
        let start = position
        while let byte = current, Self.isPlain(byte) || isBeforeTime(start) { position += 1 }
        guard Self.isValue(bytes[start..<position]) else { throw failure("a value is missing") }
        return (Array(bytes[start..<position]), false)
    }

    /// The parts of a dotted key, up to what follows it.
    mutating func keys() throws(Failure) -> [[UInt8]] {
        var keys: [[UInt8]] = []
        repeat {
            skipBlanks()
            if let byte = current, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                keys.append(try string())
            } else {
                let start = position
                while let byte = current, Self.isKey(byte) { position += 1 }
                guard start < position else { throw failure("a key is missing") }
                keys.append(Array(bytes[start..<position]))
            }
            guard keys.count <= Self.depthLimit else { throw failure("nested too deeply") }
            skipBlanks()
        } while skip(".")
        return keys
    }

    /// A string in one line.
    private mutating func string() throws(Failure) -> [UInt8] {
        let start = position
        let quote = bytes[start]
        position += 1
        while let byte = current, byte != quote, byte != 0x0A {
            position += byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
        }
        guard current == quote else { throw failure("a string does not end") }
        position += 1
        if quote == UInt8(ascii: "'") { return Array(bytes[(start + 1)..<(position - 1)]) }
        // The escapes are those of JSON, but for some that are as good as never used.
        guard case .string(let text) = JSONParser.value(of: bytes[start..<position]) else {
            throw failure("a string has an escape that is not read here")
        }
        return Array(text.utf8)
    }

    /// The text as it is written, for comparing.
    private mutating func multiLine(until quote: String) throws(Failure) -> [UInt8] {
        let start = position
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "\\"), quote == "\"\"\"" {
                position += 2
            } else if skip(quote) {
                // Up to two quotes may stand before the closing ones.
                var end = position
                while end < bytes.count, end < position + 2, bytes[end] == quote.utf8.first { end += 1 }
                position = end
                return Array(bytes[start..<end])
            } else {
                position += 1
            }
        }
        throw failure("a string does not end")
    }

    mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x09 { position += 1 }
    }

    /// Goes past blanks and a comment; stops at the line's end unless `isOverLines`.
    mutating func skipSpace(isOverLines: Bool) {
        while let byte = current {
            switch byte {
            case 0x20, 0x09: position += 1
            case 0x0D where position + 1 < bytes.count && bytes[position + 1] == 0x0A: position += 1
            case 0x0A where isOverLines: position += 1
            case UInt8(ascii: "#"): position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
            default: return
            }
        }
    }

    mutating func skip(_ word: String) -> Bool {
        guard position <= bytes.count, bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    func failure(_ problem: String) -> Failure {
        Failure(line: 1 + bytes[..<min(position, bytes.count)].count { $0 == 0x0A }, problem: problem)
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// True at the blank between a date and a time.
    private func isBeforeTime(_ start: Int) -> Bool {
        position == start + 10 && bytes[position] == 0x20 && bytes[start + 4] == UInt8(ascii: "-")
            && position + 1 < bytes.count && Self.isDigit(bytes[position + 1])
    }

    private static func isValue(_ word: ArraySlice<UInt8>) -> Bool {
        let isSigned = word.first == UInt8(ascii: "+") || word.first == UInt8(ascii: "-")
        let unsigned = isSigned ? word.dropFirst() : word
        if let first = unsigned.first, isDigit(first) { return true }
        let names = isSigned ? ["inf", "nan"] : ["true", "false", "inf", "nan"]
        return names.contains { unsigned.elementsEqual($0.utf8) }
    }

    private static func isKey(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-")
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isKey(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "+")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
