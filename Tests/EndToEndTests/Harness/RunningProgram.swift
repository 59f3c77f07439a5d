import PortrunBase
import PortrunLaunch

/// A program that a test has started, with its three standard streams.
final class RunningProgram {
    let pid: Int32
    let output: OutputReader
    let errors: OutputReader
    private var input: Int32
    private var ending: Ending?
    private var scratch: Scratch?
    /// As its parent is told; a core of the program that it has started does not count.
    private(set) var hasDumpedCore = false

    /// - Parameter environment: `NAME=value` entries, byte for byte.
    init(_ arguments: [[UInt8]], environment: [[UInt8]], directory: String) throws {
        let (standardInput, standardOutput, standardError) = (try Pipe(), try Pipe(), try Pipe())
        let inherited = [standardInput.reading, standardOutput.writing, standardError.writing]
        defer { for descriptor in inherited { close(descriptor) } }
        pid = try Spawn.start(
            arguments, environment: environment, directory: directory, descriptors: inherited)
        input = standardInput.writing
        output = OutputReader(standardOutput.reading)
        errors = OutputReader(standardError.reading)
    }

    deinit {
        closeInput()
        guard ending == nil else { return }
        kill(pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
    }

    /// Lets the folder of the test exist as long as this.
    func keep(_ scratch: Scratch) {
        self.scratch = scratch
    }

    func write(_ text: String) {
        var bytes = Array(text.utf8)
        _ = send(&bytes)
    }

    func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    func signal(_ number: Int32) {
        kill(pid, number)
    }

    func wait(for text: String) throws {
        try output.wait(for: text, errors: errors)
    }

    /// The number that follows the next `text` of the output.
    func number(after text: String) throws -> Int32 {
        try output.number(after: text, errors: errors)
    }

    /// Reads both streams to their end, which comes only when no process holds them, and reaps the program.
    func finish() throws -> Outcome {
        let deadline = Deadline()
        while !output.hasEnded || !errors.hasEnded || !hasExited() {
            output.read(milliseconds: output.hasEnded ? 0 : 1)
            errors.read(milliseconds: errors.hasEnded ? 0 : 1)
            if output.hasEnded && errors.hasEnded && ending == nil { usleep(500) }
            if deadline.hasPassed {
                throw HarnessError.missed("the end", output: output.text, errors: errors.text)
            }
        }
        return Outcome(ending: ending ?? .exited(-1), output: output.text, errors: errors.text)
    }

    /// True once it has ended; it is reaped then.
    func hasExited() -> Bool {
        if ending != nil { return true }
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return false }
        ending = Ending(waitStatus: status)
        hasDumpedCore = status & 0x80 != 0
        return true
    }

    private func send(_ bytes: inout [UInt8]) -> Int {
        #if os(Linux)
            Glibc.write(input, &bytes, bytes.count)
        #else
            Darwin.write(input, &bytes, bytes.count)
        #endif
    }
}

/// How a program ended and all it wrote.
struct Outcome: Equatable {
    var ending: Ending
    var output: String
    var errors: String
}
