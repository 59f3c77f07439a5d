import PortrunBase

/// Why a file was not written; it is as it was then.
package enum WriteError: ReportableError, Equatable {
    /// A word that says neither `NAME=…` nor `/pointer=…`.
    case notAnAssignment(String)
    /// `/pointer=…` for an env file, `NAME=…` for a JSON file, or a name that no variable can have.
    case wrongAssignment(file: String, word: String)
    /// The text after `=` names no service.
    case notAService(String)
    /// The file is not what its name says; the line is counted from 1.
    case syntax(file: String, line: Int, problem: String)
    /// A template has more places than anybody could mean.
    case tooMuch(file: String, LookEnd)
    /// A pointer leads through something that is neither object nor array, or past the end of an array.
    case noPlace(file: String, pointer: String)
    /// A key that is not there, in a file in which none is made.
    case noKey(file: String, place: String)
    /// There is no file, and of its kind none is made: nobody knows where in it a key would stand.
    case noFile(String)
    /// So many values have the key, of which these are the first; none is changed.
    case ambiguous(file: String, place: String, [KeyedSource.Place], count: Int)
    /// A pointer leads to an object or array, which a port would replace.
    case notAValue(file: String, pointer: String)
    /// Written so, the file would say something else than it was to say.
    case notSettable(file: String, name: String)
    case file(FileError)
    /// What the user has said of a checkout was not kept, in portrun's own folder.
    case notRemembered(FileError)
    /// A link that leads nowhere.
    case danglingLink(path: String)
    /// A name in the checkout by which a link of the project leads out of it.
    case leadsOut(file: String, real: String)
    /// git does not tell which files it ignores there.
    case noRepository(path: String)

    package var message: String {
        switch self {
        case .notAnAssignment(let word): "`\(word)`: neither NAME=SERVICE nor /pointer=SERVICE"
        case .wrongAssignment(let file, let word): "`\(word)` does not go with `\(file)`"
        case .notAService(let word): "invalid service `\(word)`"
        case .syntax(let file, let line, let problem): "`\(file)`:\(line): \(problem)"
        case .tooMuch(let file, let end): "`\(file)`: \(end.message)"
        case .noPlace(let file, let pointer): "`\(file)` has no place for `\(pointer)`"
        case .noKey(let file, let place): "`\(file)` has no key `\(place)`"
        case .noFile(let file): "there is no file `\(file)`, and only env and JSON files are made"
        case .ambiguous(let file, let place, let places, let count):
            "`\(file)` has more than one `\(place)`: "
                + (places.map { "line \($0.line)" } + (count > places.count ? ["…"] : [])).joined(separator: ", ")
        case .notAValue(let file, let pointer): "`\(pointer)` in `\(file)` is an object or an array"
        case .notSettable(let file, let name): "`\(name)` cannot be set in `\(file)` without another change to it"
        case .file(let error): error.message
        case .notRemembered(let error): "cannot keep what you said of this checkout: \(error.message)"
        case .danglingLink(let path): "`\(path)` is a link that leads nowhere"
        case .leadsOut(let file, let real): "`\(file)` is `\(real)`, which is not in this checkout"
        case .noRepository(let path): "git does not tell which files of `\(path)` it ignores"
        }
    }

    package var hint: String? {
        switch self {
        case .notAnAssignment, .wrongAssignment, .notAService:
            "`portrun write .env PORT=web`, or `portrun write config.json /server/port=web`"
        // Two documents of one YAML file may have the same pointer.
        case .ambiguous(_, _, let places, _) where Set(places.map(\.pointer)).count == places.count:
            "say which: \(places.map { "`\($0.pointer)=…` (line \($0.line))" }.joined(separator: ", "))"
        case .file(.untrusted(let problem)): problem.hint
        case .notRemembered(.untrusted(let problem)): problem.hint
        case .notRemembered(.failed(_, ENOSPC)), .notRemembered(.failed(_, EDQUOT)): "free some space"
        case .notRemembered: "`portrun doctor` tells what keeps portrun's folder from being written"
        case .leadsOut: "if you mean that file, name it so"
        case .syntax, .tooMuch, .noPlace, .noKey, .noFile, .ambiguous, .notAValue, .notSettable, .file, .danglingLink,
            .noRepository:
            nil
        }
    }

    package var exitStatus: Int32 {
        switch self {
        case .notAnAssignment, .wrongAssignment, .notAService: 64
        case .syntax, .tooMuch, .noPlace, .noKey, .noFile, .ambiguous, .notAValue, .notSettable, .file,
            .notRemembered, .danglingLink, .leadsOut, .noRepository:
            125
        }
    }
}
