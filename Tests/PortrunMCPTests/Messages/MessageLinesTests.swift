import Testing

@testable import PortrunMCP

struct MessageLinesTests {
    /// All lines of what comes in these pieces.
    private func lines(_ pieces: String...) -> [MessageLines.Line] {
        var lines = MessageLines()
        for piece in pieces { lines.append(piece.utf8) }
        lines.finish()
        var all: [MessageLines.Line] = []
        while let line = lines.next() { all.append(line) }
        return all
    }

    private func message(_ text: String) -> MessageLines.Line { .message(Array(text.utf8)) }

    @Test func comeInAnyPieces() {
        #expect(lines("a\nb\n") == [message("a"), message("b")])
        #expect(lines("a", "b", "\nc") == [message("ab"), message("c")])
        #expect(lines("a\r\n") == [message("a\r")])
    }

    @Test func blankOnesAreNone() { #expect(lines("\n \n\t\r\n\na\n\n") == [message("a")]) }

    @Test func aLineThatIsTooLongIsLeftOutAlone() {
        let long = String(repeating: "x", count: MessageLines.limit)
        #expect(lines(long + "\na\n") == [message(long), message("a")])
        #expect(lines(long + "x\na\n") == [.tooLong, message("a")])
        #expect(lines(long, long, "\n", "a") == [.tooLong, message("a")])
    }

    @Test func whatWaitsIsCounted() {
        var lines = MessageLines()
        lines.append("abc\nde\nf".utf8)
        #expect(lines.waiting == 5)
        #expect(lines.remove { $0 == Array("de".utf8) })
        #expect(!lines.remove { $0 == Array("de".utf8) })
        #expect(lines.next() == message("abc") && lines.waiting == 0 && lines.next() == nil)
    }
}
