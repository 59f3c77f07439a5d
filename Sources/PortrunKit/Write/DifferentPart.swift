import PortrunBase

/// The lines in which two texts differ, from the first to the last, with some around that are the same.
struct DifferentPart {
    /// In the old text and in the new one.
    let old, new: Range<Int>
    /// How many lines stand before.
    let lineBefore: Int
    /// The lines of the old text at both ends of the part that are the same in the new one.
    let linesAround: (before: Range<Int>, after: Range<Int>)

    private static let lineFeed = UInt8(ascii: "\n")

    init(_ old: [UInt8], _ new: [UInt8], around: Int) {
        let shorter = min(old.count, new.count)
        var start = 0
        while start < shorter, old[start] == new[start] { start += 1 }
        start = Self.startOfLine(old, start)
        var same = 0
        while same < shorter - start, old[old.count - 1 - same] == new[new.count - 1 - same] { same += 1 }
        // Whole lines of both.
        if !Self.startsLine(old, old.count - same) || !Self.startsLine(new, new.count - same) {
            let rest = old[(old.count - same)...]
            same = rest.firstIndex(of: Self.lineFeed).map { rest.endIndex - $0 - 1 } ?? 0
        }
        let end = old.count - same
        var first = start
        var last = end
        for _ in 0..<around {
            if first > 0 { first = Self.startOfLine(old, first - 1) }
            if last < old.count { last = old[last...].firstIndex(of: Self.lineFeed).map { $0 + 1 } ?? old.count }
        }
        self.old = first..<last
        self.new = first..<(last + new.count - old.count)
        linesAround = (first..<start, end..<last)
        lineBefore = old[..<first].count { $0 == Self.lineFeed }
    }

    /// The number of lines in a part of whole lines, of which the last may have no line break.
    func lineCount(of text: ArraySlice<UInt8>) -> Int {
        text.count { $0 == Self.lineFeed } + (text.isEmpty || text.last == Self.lineFeed ? 0 : 1)
    }

    private static func startOfLine(_ text: [UInt8], _ position: Int) -> Int {
        text[..<position].lastIndex(of: lineFeed).map { $0 + 1 } ?? 0
    }

    private static func startsLine(_ text: [UInt8], _ position: Int) -> Bool {
        position == 0 || text[position - 1] == lineFeed
    }
}
