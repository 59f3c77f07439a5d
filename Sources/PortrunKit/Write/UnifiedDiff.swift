import PortrunBase
import PortrunCompose
import PortrunLaunch
import PortrunRegistry

/// The difference of two texts as diff(1) and patch(1) have it, with three lines around each change.
package enum UnifiedDiff {
    private static let around = 3

    /// One line of the two texts put side by side.
    private enum Step: Equatable { case both, old, new }

    /// - Parameter old: nil for a file that does not exist yet.
    /// - Returns: empty when nothing differs.
    package static func text(_ old: [UInt8]?, _ new: [UInt8], name: String) -> String {
        let (oldLines, newLines) = (lines(of: old ?? []), lines(of: new))
        let steps = steps(oldLines, newLines)
        var text = "--- \(old == nil ? "/dev/null" : name)\n+++ \(name)\n"
        let head = text
        var (oldLine, newLine, index) = (0, 0, 0)
        while let change = steps[index...].firstIndex(where: { $0 != .both }) {
            // The changes that are not further apart than their system make one hunk.
            var last = change
            while let next = steps[(last + 1)...].firstIndex(where: { $0 != .both }), next - last <= 2 * around + 1 {
                last = next
            }
            let start = max(index, change - around)
            let end = min(steps.count, last + 1 + around)
            oldLine += start - index
            newLine += start - index
            var body = ""
            let (oldStart, newStart) = (oldLine, newLine)
            for step in steps[start..<end] {
                switch step {
                case .both:
                    body += line(" ", oldLines[oldLine])
                    oldLine += 1
                    newLine += 1
                case .old:
                    body += line("-", oldLines[oldLine])
                    oldLine += 1
                case .new:
                    body += line("+", newLines[newLine])
                    newLine += 1
                }
            }
            text += "@@ -\(range(oldStart, oldLine)) +\(range(newStart, newLine)) @@\n" + body
            index = end
        }
        return text == head ? "" : text
    }

    private static func range(_ start: Int, _ end: Int) -> String {
        // An empty range is told by the line before it.
        switch end - start {
        case 0: "\(start),0"
        case 1: "\(start + 1)"
        default: "\(start + 1),\(end - start)"
        }
    }

    private static func line(_ mark: String, _ line: ArraySlice<UInt8>) -> String {
        let text = mark + String(decoding: line, as: UTF8.self)
        return line.last == 0x0A ? text : text + "\n\\ No newline at end of file\n"
    }

    /// With their line breaks; one without can only be the last.
    private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
            lines.append(rest[..<end])
            rest = rest[end...]
        }
        return lines
    }

    /// The number of comparisons that it is worth to find the fewest changes.
    private static let comparisonLimit = 4_000_000

    private static func steps(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Step] {
        var start = 0
        while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
        var end = 0
        while end < min(old.count, new.count) - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
        let (oldPart, newPart) = (old[start..<(old.count - end)], new[start..<(new.count - end)])
        let both = { [Step](repeating: .both, count: $0) }
        // Where nearly all lines differ, the time grows with the product of their numbers.
        let middle =
            oldPart.count * newPart.count > comparisonLimit
            ? [Step](repeating: .old, count: oldPart.count) + [Step](repeating: .new, count: newPart.count)
            : fewestSteps(Array(oldPart), Array(newPart))
        return both(start) + middle + both(end)
    }

    private static func fewestSteps(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Step] {
        let differences = new.difference(from: old)
        var steps: [Step] = []
        var (oldLine, newLine) = (0, 0)
        var removals = differences.removals.map(\.offset)[...]
        var insertions = differences.insertions.map(\.offset)[...]
        while oldLine < old.count || newLine < new.count {
            if removals.first == oldLine {
                removals.removeFirst()
                steps.append(.old)
                oldLine += 1
            } else if insertions.first == newLine {
                insertions.removeFirst()
                steps.append(.new)
                newLine += 1
            } else {
                steps.append(.both)
                oldLine += 1
                newLine += 1
            }
        }
        return steps
    }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
