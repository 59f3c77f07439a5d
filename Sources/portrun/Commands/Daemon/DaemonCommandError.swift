import PortrunBase

/// Why a daemon was not started or stopped.
enum DaemonCommandError: ReportableError, Equatable {
    /// There is no program `portrund`.
    case notInstalled
    /// Another one runs, without a door that was asked for, or for another registry.
    case runsWithout(door: String, pid: Int32)
    case serves(registry: String, pid: Int32)
    /// Another one runs, and cannot use the registry, as the text says.
    case runsInTrouble(pid: Int32, String)
    /// It could not be started.
    case cannotStart(program: String, FileError)
    /// It was started, and does not answer.
    case silent(pid: Int32, log: String)
    /// One has the lock, and does not answer.
    case unanswering(SilentDaemon)
    /// It has no number here by which it could be ended.
    case outOfReach(SilentDaemon)
    case cannotStop(pid: Int32, code: Int32)
    /// It has not ended in time.
    case goesOn(pid: Int32)

    var message: String {
        switch self {
        case .notInstalled: "there is no program `portrund`, neither beside this one nor in PATH"
        case .runsWithout(let door, let pid): "the daemon with the pid \(pid) runs without the door `\(door)`"
        case .serves(let registry, let pid): "the daemon with the pid \(pid) serves `\(registry)` in this folder"
        case .runsInTrouble(let pid, let text): "the daemon with the pid \(pid) runs, and \(text)"
        case .cannotStart(_, .failed(let path, let code)): "cannot use `\(path)`: \(String(cString: strerror(code)))"
        case .cannotStart(_, .notAFile(let path)): "cannot use `\(path)`: not a regular file"
        case .cannotStart(let program, _): "cannot start `\(program)`"
        case .silent(let pid, _): "the daemon with the pid \(pid) does not answer"
        case .unanswering(let daemon): daemon.text
        case .outOfReach(let daemon): "\(daemon.name) cannot be ended from here"
        case .cannotStop(let pid, let code): "cannot end pid \(pid): \(String(cString: strerror(code)))"
        case .goesOn(let pid): "the daemon with the pid \(pid) has not ended yet"
        }
    }

    var hint: String? {
        switch self {
        case .notInstalled: "`make install` of portrun installs both"
        case .runsWithout: "`portrun daemon stop`, then start it with all doors"
        case .serves: "give each registry a folder of its own"
        case .silent(_, let log): "`\(log)` has what it printed"
        case .unanswering(let daemon): daemon.hint
        case .outOfReach(let daemon): daemon.hint
        case .goesOn(let pid): "`kill -9 \(pid)` ends it; the registry stays whole"
        case .runsInTrouble, .cannotStart, .cannotStop: nil
        }
    }

    var exitStatus: Int32 {
        switch self {
        case .runsWithout, .serves, .runsInTrouble: 1
        case .notInstalled, .cannotStart, .silent, .unanswering, .outOfReach, .cannotStop, .goesOn: 125
        }
    }
}

/// The daemon ended while it started, for a reason that it has told.
struct DaemonEndedError: ReportableError {
    let message: String
    let hint: String?
    let exitStatus: Int32

    /// - Parameter log: the file with what it has printed.
    init(status: Int32, log: String) {
        let bytes = (try? FileSystem.read(log, limit: 65536)) ?? []
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        let reason = lines.lazy.compactMap { $0.rest(after: "portrund: error: ") }.first
        message = reason ?? "the daemon ended at once, with status \(status)"
        hint =
            lines.lazy.compactMap { $0.rest(after: "portrund: hint: ") }.first
            ?? (reason == nil ? "`\(log)` has what it printed" : nil)
        exitStatus = status == 64 || status == 1 ? status : 125
    }
}
