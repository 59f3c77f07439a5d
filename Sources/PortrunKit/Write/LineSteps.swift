import PortrunBase

/// One line of two texts put side by side.
enum LineStep: Equatable { case both, old, new }

/// The way from the lines of one text to those of another.
enum LineSteps {
    /// The number of comparisons that it is worth to find the fewest changes.
    private static let comparisonLimit = 4_000_000

    static func fewest(from old: [ArraySlice<UInt8>], to new: [ArraySlice<UInt8>]) -> [LineStep] {
        // Lines may be long; numbers are compared at once.
        var numbers: [ArraySlice<UInt8>: Int] = [:]
        func number(_ line: ArraySlice<UInt8>) -> Int {
            if let number = numbers[line] { return number }
            numbers[line] = numbers.count
            return numbers.count - 1
        }
        let (old, new) = (old.map(number), new.map(number))
        var start = 0
        while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
        var end = 0
        while end < min(old.count, new.count) - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
        let (oldPart, newPart) = (old[start..<(old.count - end)], new[start..<(new.count - end)])
        let both = { [LineStep](repeating: .both, count: $0) }
        // Where nearly all lines differ, the time grows with the product of their numbers.
        let middle =
            oldPart.count * newPart.count > comparisonLimit
            ? [LineStep](repeating: .old, count: oldPart.count) + [LineStep](repeating: .new, count: newPart.count)
            : fewestSteps(Array(oldPart), Array(newPart))
        return both(start) + middle + both(end)
    }

    private static func fewestSteps(_ old: [Int], _ new: [Int]) -> [LineStep] {
        let differences = new.difference(from: old)
        var steps: [LineStep] = []
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
