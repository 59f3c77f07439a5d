import CHarness
import PortrunBase
import PortrunLaunch

/// A program in a session of its own on a real terminal, as under a terminal emulator.
final class TerminalSession {
    let screen: OutputReader
    private var master: Int32
    private let pid: Int32
    private var ending: Ending?
    private var scratch: Scratch?

    /// Starts `arguments` with the terminal as standard input, output and error.
    init(_ arguments: [String], environment: [String], directory: String) throws {
        var name = [CChar](repeating: 0, count: 128)
        var master: Int32 = -1
        let code = harness_open_terminal(&master, &name, name.count)
        guard code == 0 else { throw HarnessError.system(call: "posix_openpt", code: code) }
        self.master = master
        let terminal = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // Held open until the program has it, since a master without any slave reads EIO.
        let slave = open(terminal, O_RDWR | O_NOCTTY | O_CLOEXEC)
        defer { close(slave) }
        let words = [Program.probe, "with", "terminal=\(terminal)", "--"] + arguments
        pid = try Spawn.start(
            words.map { Array($0.utf8) }, environment: environment.map { Array($0.utf8) },
            directory: directory, descriptors: [slave, slave, slave])
        screen = OutputReader(fcntl(master, F_DUPFD_CLOEXEC, 3))
    }

    deinit {
        if master >= 0 { close(master) }
        guard ending == nil else { return }
        kill(pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
    }

    /// Types `text`; a control character is what its key sends.
    func type(_ text: String) {
        var bytes = Array(text.utf8)
        #if os(Linux)
            _ = Glibc.write(master, &bytes, bytes.count)
        #else
            _ = Darwin.write(master, &bytes, bytes.count)
        #endif
    }

    func wait(for text: String, patience: Duration = Deadline.patience) throws {
        try screen.wait(for: text, patience: patience)
    }

    /// The number that follows the next `text` on the screen.
    func number(after text: String) throws -> Int32 {
        try screen.number(after: text)
    }

    /// Lets the folder of the test exist as long as the session.
    func keep(_ scratch: Scratch) {
        self.scratch = scratch
    }

    /// Closes the terminal, as its window does; nothing can be read any more.
    func hangUp() throws {
        screen.stop()
        close(master)
        master = -1
    }

    /// The process group that reads the keys.
    var foregroundGroup: Int32 { tcgetpgrp(master) }

    /// Returns when a job has the terminal instead of `shell`.
    func waitForJob(insteadOf shell: Int32) throws {
        try Deadline.wait(for: "a job in the foreground") { foregroundGroup != shell }
    }

    /// Changes the size, which the terminal driver announces by SIGWINCH.
    func resize(columns: UInt16) {
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// Waits until the program has ended.
    func finish() throws -> Ending {
        let deadline = Deadline()
        while ending == nil {
            screen.read(milliseconds: 1)
            var status: Int32 = 0
            if waitpid(pid, &status, WNOHANG) == pid {
                ending = Ending(waitStatus: status)
            }
            if deadline.hasPassed { throw HarnessError.missed("the end", output: screen.text, errors: "") }
        }
        return ending ?? .exited(-1)
    }
}
