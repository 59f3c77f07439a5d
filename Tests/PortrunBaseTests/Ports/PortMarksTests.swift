import PortrunBase
import Testing

struct PortMarksTests {
    /// As a set of numbers would tell, next to the borders of words and at both ends.
    @Test(arguments: [[], [1...1], [1...65535], [63...64], [64...127, 129...200], [3000...3010, 65535...65535]])
    func findsWhatIsMissing(marked: [ClosedRange<Int>]) throws {
        var marks = PortMarks()
        for range in marked { marks.mark(try #require(PortRange(Port(range.lowerBound)!, Port(range.upperBound)!))) }
        for number in [1, 62, 63, 64, 65, 127, 128, 129, 200, 201, 3000, 3005, 3011, 65534, 65535] {
            let expected = (number...65535).first { port in !marked.contains { $0.contains(port) } }
            #expect(marks.firstMissing(from: try #require(Port(number)))?.number == expected.map(UInt16.init))
        }
    }
}
