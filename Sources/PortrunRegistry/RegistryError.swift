import CSQLite
import PortrunBase

/// Why the registry could not be used. Every case but `newer` is about the file at `path`.
package enum RegistryError: ReportableError, Equatable {
    /// There is no place for the registry: no `--registry`, `PORTRUN_REGISTRY`, `XDG_STATE_HOME` nor `HOME`.
    case noHome
    /// The folder of the registry cannot be made (an errno value).
    case folder(path: String, code: Int32)
    /// The file cannot be opened, as something other than a file stands there or permission is missing.
    case unusable(path: String, reason: String)
    /// Another user may change the file, or what is beside it.
    case untrusted(TrustError)
    /// Another process has held the write lock for so long, or many took turns; nil for many, and where nobody waited.
    case busy(path: String, by: LockHolder? = nil, seconds: Int = 0)
    /// A signal ended the waiting for others.
    case interrupted(path: String)
    /// The file can be read but not written.
    case readOnly(path: String)
    /// The disk, or the user's share of it, is full.
    case full(path: String)
    /// The file is not a SQLite database, or its pages contradict each other.
    case corrupt(path: String)
    /// A SQLite database whose tables are not those of a registry.
    case foreign(path: String, reason: String)
    /// A transaction was started inside another one, by the same thread: a mistake of the program's.
    case nested(path: String)
    /// The schema is of a later portrun.
    case newer(path: String, version: Int, known: Int)
    /// SQLite failed in another way; `code` is its extended result code.
    case failed(path: String, code: Int32, text: String)

    init(code: Int32, path: String, text: String) {
        // SQLITE_IOERR_SHMSIZE: the index of the log found no room.
        let isShort = code == SQLITE_IOERR | 19 << 8
        self =
            switch isShort ? SQLITE_FULL : code & 0xFF {
            case SQLITE_BUSY, SQLITE_LOCKED: .busy(path: path)
            case SQLITE_READONLY: .readOnly(path: path)
            case SQLITE_FULL: .full(path: path)
            case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt(path: path)
            case SQLITE_CANTOPEN, SQLITE_PERM: .unusable(path: path, reason: text)
            default: .failed(path: path, code: code, text: text)
            }
    }

    package var message: String {
        switch self {
        case .noHome: "no place for the registry: `HOME` is not set"
        case .folder(let path, let code): "cannot make the folder `\(path)`: \(String(cString: strerror(code)))"
        case .unusable(let path, let reason): "cannot open the registry `\(path)`: \(reason)"
        case .untrusted(let problem): problem.message
        case .busy(let path, let holder, let seconds):
            "registry busy: \(holder?.hasBeenWriting ?? "other processes have been writing") to `\(path)`"
                + (seconds == 0 ? "" : " for \(seconds) s")
        case .interrupted(let path): "others are writing to the registry `\(path)`, and a signal ended the waiting"
        case .readOnly(let path): "the registry `\(path)` is read-only"
        case .full(let path): "no space left for the registry `\(path)`"
        case .corrupt(let path): "the registry `\(path)` is corrupt"
        case .foreign(let path, let reason): "`\(path)` is no registry, or a damaged one: \(reason)"
        case .nested(let path): "the registry `\(path)` is used inside a transaction on it"
        case .newer(let path, let version, let known):
            "the registry `\(path)` has schema \(version), this portrun knows \(known)"
        case .failed(let path, let code, let text): "registry `\(path)`: \(text) (SQLite \(code))"
        }
    }

    package var hint: String? {
        switch self {
        case .noHome: "set `HOME`, or name a file with `--registry` or `PORTRUN_REGISTRY`"
        case .folder, .unusable, .readOnly: "name another file with `--registry` or `PORTRUN_REGISTRY`"
        case .untrusted(let problem): problem.hint
        case .busy(_, let holder, _): holder?.hint ?? "try again"
        case .interrupted: nil
        case .full: "free some space; nothing was changed"
        case .corrupt: "move the file away; a new one is made"
        case .foreign:
            "move it away, and a new one is made; or name another file with `--registry` or `PORTRUN_REGISTRY`"
        case .newer: "update portrun, or name another file with `--registry`"
        case .nested: "use what the transaction hands out"
        case .failed: nil
        }
    }
}
