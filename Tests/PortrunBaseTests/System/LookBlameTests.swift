import TestSupport
import Testing

@testable import PortrunBase

/// What is named where a look is over: whoever has cost most, and not who came last.
struct LookBlameTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    /// Works on a file for so many milliseconds.
    private func work(_ milliseconds: Double, on path: String, _ look: Look) -> Bool {
        let start = ProcessorClock.nanoseconds()
        while Double(ProcessorClock.nanoseconds() - start) < milliseconds * 1_000_000 {
            guard look.goesOn(after: 64, in: path) else { return false }
        }
        return true
    }

    /// The time runs out at another file than the one that took it.
    @Test func theFileThatTookMostIsNamed() {
        let look = Look(.ofPrompt)
        for number in 0..<20 { _ = work(1, on: path("small\(number)"), look) }
        _ = work(65, on: path("big"), look)
        var number = 0
        while work(1, on: path("more\(number)"), look) { number += 1 }
        #expect(look.end?.path == path("more\(number)"))
        #expect(look.end?.file(relativeTo: folder.path) == "big")
        #expect(look.end?.message == "more than 100 ms of work in this project")
    }

    @Test func manyFilesThatTakeTheTimeTogetherAreCounted() {
        let look = Look(.ofPrompt)
        var number = 0
        while work(2, on: path("\(number)"), look) { number += 1 }
        #expect(look.end?.file(relativeTo: folder.path) == nil)
        #expect(look.end?.message == "more than 100 ms of work in \(number + 1) files of this project")
    }

    @Test func theFileWithMostOfTheBytesIsNamed() throws {
        try folder.write(String(repeating: "a", count: 7 << 20), to: "big")
        try folder.write(String(repeating: "a", count: 1 << 20), to: "small")
        try folder.write("a", to: "last")
        let look = Look()
        for name in ["big", "small"] { _ = try look.read(path(name)) }
        #expect(throws: FileError.leftOut(path: path("last"))) { try look.read(path("last")) }
        #expect(look.end?.path == path("last") && look.end?.file(relativeTo: folder.path) == "big")
        let other = Look()
        _ = try other.read(path("small"))
        try folder.write(String(repeating: "a", count: 8 << 20), to: "last")
        #expect(throws: FileError.leftOut(path: path("last"))) { try other.read(path("last")) }
        #expect(other.end?.file(relativeTo: folder.path) == "last")
    }

    /// None of a thousand is to blame.
    @Test func tooManyFilesAreNoOnesFault() {
        let look = Look()
        #expect(!look.spend(LookLimits.ofCommand[.files] + 1, of: .files, in: path("a")))
        #expect(look.end?.file(relativeTo: folder.path) == nil)
        #expect(look.end?.message == "more than 1000 files in this project")
    }
}
