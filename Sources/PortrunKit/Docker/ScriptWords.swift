import PortrunBase

/// The words of a script that names may be made of, and what stands around them.
///
/// No question takes longer for a longer text, but `endOfArgument`, which is asked about one place after the other.
struct ScriptWords {
    private let bytes: [UInt8]
    /// How far before a value its variable is looked for.
    private static let reach = 128

    init(_ text: [UInt8]) { bytes = text }

    /// Hands over the longest parts that have nothing but letters, digits, `_`, `-` and `.`.
    func forEach(_ body: (Range<Int>) -> Void) {
        var place = 0
        while place < bytes.count {
            guard Self.isOfName(bytes[place]) else {
                place += 1
                continue
            }
            let start = place
            while place < bytes.count, Self.isOfName(bytes[place]) { place += 1 }
            body(start..<place)
        }
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The place behind what a mark before `place` may be, with nothing but `=`, quotes and spaces between; nil when
    /// there is nothing between.
    func endOfMark(before place: Int) -> Int? {
        var end = place
        while end > 0, Self.isOne(bytes[end - 1], of: " ='\"\\") { end -= 1 }
        return end < place ? end : nil
    }

    /// True when `mark` ends at `end`, as a word.
    func isMark(_ mark: String, endingAt end: Int) -> Bool {
        let start = end - mark.utf8.count
        return start >= 0 && bytes[start..<end].elementsEqual(mark.utf8)
            && (start == 0 || !Self.isOfName(bytes[start - 1]))
    }

    /// The end of the argument that `place` is in.
    ///
    /// - Parameter known: that of an earlier place.
    func endOfArgument(_ place: Int, known: Int) -> Int {
        if place < known { return known }
        var end = place
        while end < bytes.count, bytes[end] > UInt8(ascii: " "), !Self.isOne(bytes[end], of: "'\"") { end += 1 }
        return end
    }

    /// True for `name:/folder:ro`: what is only read may well be somebody else's.
    func isReadOnly(_ argument: Range<Int>) -> Bool { bytes[argument].suffix(3).elementsEqual(":ro".utf8) }

    /// The variable that the line assigns what stands at `place`: `NAME = x`, `export NAME ?= x`, `NAME="x"`.
    func variable(assignedAt place: Int) -> String? {
        let first = max(0, place - Self.reach)
        var equals = place - 1
        while equals >= first, Self.isOne(bytes[equals], of: " '\"") { equals -= 1 }
        guard equals >= first, bytes[equals] == UInt8(ascii: "=") else { return nil }
        var end = equals
        while end > first, Self.isOne(bytes[end - 1], of: " \t:?!+") { end -= 1 }
        var start = end
        while start > first, !Self.isOne(bytes[start - 1], of: " \t:?!+\n") { start -= 1 }
        let name = text(start..<end)
        return Environment.isIdentifier(name) ? name : nil
    }

    /// The place of the dollar sign or brace with which the variable at `place` is used: `$(NAME)`, `${NAME}`, `$NAME`,
    /// `{{NAME}}`; nil when it is not.
    func use(at place: Int) -> Int? {
        var start = place
        var isUse = false
        while start > 0, Self.isOne(bytes[start - 1], of: "\"${( ") {
            start -= 1
            if Self.isOne(bytes[start], of: "${") { isUse = true }
        }
        guard isUse else { return nil }
        while bytes[start] == UInt8(ascii: " ") { start += 1 }
        return start
    }

    private static func isOne(_ byte: UInt8, of bytes: StaticString) -> Bool {
        for index in 0..<bytes.utf8CodeUnitCount where bytes.utf8Start[index] == byte { return true }
        return false
    }

    /// True for what a name of a container may be made of.
    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
