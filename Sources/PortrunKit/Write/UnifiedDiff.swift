import PortrunBase

/// The difference of two texts as diff(1) and patch(1) have it, with three lines around each change.
///
/// What is the same at both ends is looked at byte for byte; only the lines between are held one by one.
package enum UnifiedDiff {
    private static let around = 3
    private static let lineFeed = UInt8(ascii: "\n")
    /// So many lines are compared with each other. Where more differ, all of the old ones go, and all of the new ones
    /// come: the time grows with the product of their numbers.
    private static let lineLimit = 50_000

    /// - Parameter old: nil for a file that does not exist yet.
    /// - Returns: empty when nothing differs.
    package static func bytes(_ old: [UInt8]?, _ new: [UInt8], name: String) -> [UInt8] {
        let text = old ?? []
        guard text != new else { return [] }
        let part = DifferentPart(text, new, around: around)
        let (oldPart, newPart) = (text[part.old], new[part.new])
        let counts = (part.lineCount(of: oldPart), part.lineCount(of: newPart))
        var result = Array("--- \(old == nil ? "/dev/null" : name)\n+++ \(name)\n".utf8)
        result.reserveCapacity(result.count + oldPart.count + newPart.count + counts.0 + counts.1 + 128)
        if counts.0 + counts.1 <= lineLimit {
            let (oldLines, newLines) = (lines(of: oldPart), lines(of: newPart))
            addHunks(
                LineSteps.fewest(from: oldLines, to: newLines), oldLines, newLines, after: part.lineBefore, to: &result)
        } else {
            let (first, last) = (part.linesAround.before, part.linesAround.after)
            result += header(
                part.lineBefore..<(part.lineBefore + counts.0), part.lineBefore..<(part.lineBefore + counts.1))
            add(" ", text[first], to: &result)
            add("-", text[first.upperBound..<last.lowerBound], to: &result)
            add("+", new[first.upperBound..<(new.count - (text.count - last.lowerBound))], to: &result)
            add(" ", text[last], to: &result)
        }
        return result
    }

    /// The changes that are not further apart than their system make one hunk.
    private static func addHunks(
        _ steps: [LineStep], _ oldLines: [ArraySlice<UInt8>], _ newLines: [ArraySlice<UInt8>], after before: Int,
        to result: inout [UInt8]
    ) {
        var (oldLine, newLine, index) = (0, 0, 0)
        while let change = steps[index...].firstIndex(where: { $0 != .both }) {
            var last = change
            while let next = steps[(last + 1)...].firstIndex(where: { $0 != .both }), next - last <= 2 * around + 1 {
                last = next
            }
            let start = max(index, change - around)
            let end = min(steps.count, last + 1 + around)
            oldLine += start - index
            newLine += start - index
            let hunk = steps[start..<end]
            let oldEnd = oldLine + hunk.count { $0 != .new }
            let newEnd = newLine + hunk.count { $0 != .old }
            result += header(before + oldLine..<before + oldEnd, before + newLine..<before + newEnd)
            for step in hunk {
                switch step {
                case .both: add(" ", oldLines[oldLine], to: &result)
                case .old: add("-", oldLines[oldLine], to: &result)
                case .new: add("+", newLines[newLine], to: &result)
                }
                if step != .new { oldLine += 1 }
                if step != .old { newLine += 1 }
            }
            index = end
        }
    }

    private static func header(_ old: Range<Int>, _ new: Range<Int>) -> [UInt8] {
        Array("@@ -\(text(of: old)) +\(text(of: new)) @@\n".utf8)
    }

    /// Lines are counted from 1; an empty range is told by the line before it.
    private static func text(of range: Range<Int>) -> String {
        switch range.count {
        case 0: "\(range.lowerBound),0"
        case 1: "\(range.lowerBound + 1)"
        default: "\(range.lowerBound + 1),\(range.count)"
        }
    }

    /// Adds the lines of `text` with `mark` before each.
    private static func add(_ mark: Unicode.Scalar, _ text: ArraySlice<UInt8>, to result: inout [UInt8]) {
        var rest = text
        while !rest.isEmpty {
            let line = rest[..<endOfLine(rest)]
            result.append(UInt8(ascii: mark))
            result += line
            if line.last != lineFeed { result += Array("\n\\ No newline at end of file\n".utf8) }
            rest = rest[line.endIndex...]
        }
    }

    /// With their line breaks; one without can only be the last.
    private static func lines(of text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var rest = text
        while !rest.isEmpty {
            lines.append(rest[..<endOfLine(rest)])
            rest = rest[lines[lines.count - 1].endIndex...]
        }
        return lines
    }

    private static func endOfLine(_ text: ArraySlice<UInt8>) -> Int {
        text.firstIndex(of: lineFeed).map { $0 + 1 } ?? text.endIndex
    }
}
