import PortrunBase

/// The process that keeps others waiting for the registry, as they are told of it.
package struct LockHolder: Sendable, Equatable {
    /// 0 for one that has no number here.
    let pid: Int32
    /// nil where nobody may look at it.
    let process: RunningProcess?

    init(pid: Int32, process: RunningProcess?) {
        self.pid = pid
        self.process = process
    }

    init(pid: Int32) { self.init(pid: pid, process: pid == 0 ? nil : .of(pid)) }

    /// Its number and its words, as far as they can be seen from here.
    var name: String {
        guard pid != 0 else { return "a process out of sight (in a container perhaps)" }
        guard let command = process?.command, !command.isEmpty else { return "process \(pid)" }
        // About as much as is needed to know it again.
        return "process \(pid) (`\(command.count > 80 ? command.prefix(79) + "…" : command[...])`)"
    }

    private var isStopped: Bool { process?.isStopped ?? false }

    /// A clause about what it does to `registry`.
    func isWriting(_ registry: String) -> String {
        isStopped
            ? "\(name), which was stopped while it was writing \(registry): `kill -CONT \(pid)` lets it go on"
            : "\(name), which is writing \(registry)"
    }

    /// The beginning of a sentence about what it has been writing to.
    var hasBeenWriting: String {
        isStopped ? "\(name), which is stopped, has been writing" : "\(name) has been writing"
    }

    /// What can be done about it.
    var hint: String {
        if pid == 0 { return "see which container has it open, or try again" }
        return isStopped
            ? "`kill -CONT \(pid)` lets it go on, `kill -KILL \(pid)` ends it"
            : "see what it does, or end it with `kill \(pid)`"
    }
}
