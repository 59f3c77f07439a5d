import PortrunBase

/// A command line of a Procfile runner, taken apart.
struct ProcfileCommand {
    let runner: ProcfileRunner
    /// The Procfile as the command line has it; nil for the usual one.
    private(set) var file: String?
    private(set) var filePlace = Procfile.Place.missing
    private(set) var root: String?
    private(set) var envFiles: [String]?
    /// The names of the processes to run, in the order in which they are named; empty for all.
    private(set) var only: [String] = []
    private(set) var except: [String] = []
    /// How many of a process are run; `all` stands for those that are not named.
    private(set) var formation: [(name: String, count: Int)] = []
    private(set) var port: String?
    private(set) var step = 100
    private(set) var setsPorts = true
    /// Where the word is that starts the processes; nil when they are not started.
    private(set) var start: Int?
    private let starts: [String]

    /// - Parameter starts: the words of which one has to be there; nil for those that start the processes.
    init?(_ runner: ProcfileRunner, _ arguments: ArraySlice<ScriptWord>, startingWith starts: [String]? = nil) {
        self.runner = runner
        self.starts = starts ?? runner.starts
        if self.starts.isEmpty { start = arguments.startIndex }
        var index = arguments.startIndex
        while index < arguments.endIndex {
            let word = arguments[index].text
            index += 1
            guard word.hasPrefix("-"), word != "-" else {
                add(word, at: index - 1)
                continue
            }
            let (name, attached) = Self.parts(of: word, runner)
            guard let flag = runner.flag(name) else {
                if name.hasSuffix("-set-ports"), attached == "false" { setsPorts = false }
                continue
            }
            if flag == .noPort {
                setsPorts = false
                continue
            }
            if attached == nil {
                guard index < arguments.endIndex else { break }
                index += 1
            }
            let value = attached ?? arguments[index - 1].text
            let place =
                attached == nil
                ? Procfile.Place.word(index - 1)
                : .joined(index - 1, prefix: String(word.unicodeScalars.dropLast(value.unicodeScalars.count)))
            set(flag, to: value, at: place)
        }
        guard start != nil else { return nil }
    }

    private mutating func add(_ word: String, at index: Int) {
        if start == nil {
            if starts.contains(word) { start = index }
        } else if runner == .hivemind {
            (file, filePlace) = (word, .word(index))
        } else {
            only.append(word)
        }
    }

    private mutating func set(_ flag: ProcfileRunner.Flag, to value: String, at place: Procfile.Place) {
        let list = value.split(separator: ",").map(String.init)
        switch flag {
        case .file: (file, filePlace) = (value, place)
        case .root: root = value
        case .port: port = value
        case .step: step = Int(value) ?? step
        case .envFiles: envFiles = list
        case .only: only = list
        case .except: except = list
        case .formation:
            formation = list.compactMap { entry in
                let (name, count) = entry.parts(at: "=")
                return count.flatMap { Int($0) }.map { (name, $0) }
            }
        case .noPort, .valued: break
        }
    }

    /// `--port=80`, `-p80`
    private static func parts(of word: String, _ runner: ProcfileRunner) -> (name: String, value: String?) {
        let (name, value) = word.parts(at: "=")
        if value != nil { return (name, value) }
        let scalars = word.unicodeScalars
        let short = String(scalars.prefix(2))
        guard runner != .goreman, !word.hasPrefix("--"), scalars.count > 2, let flag = runner.flag(short),
            flag != .noPort
        else { return (word, nil) }
        return (short, String(scalars.dropFirst(2)))
    }

    /// Whether the process called `name` is run, once: of several only the first has the port that one has.
    func runsOne(_ name: String) -> Bool {
        if !only.isEmpty, !only.contains(name) { return false }
        if except.contains(name) { return false }
        if runner == .foreman, !only.isEmpty { return true }
        let count = formation.first { $0.name == name } ?? formation.first { $0.name == "all" }
        // With a formation foreman runs nothing that it does not name.
        return (count?.count ?? (formation.isEmpty || runner != .foreman ? 1 : 0)) == 1
    }
}
