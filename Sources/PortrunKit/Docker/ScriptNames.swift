import PortrunBase
import PortrunCompose

/// The names that a project's makefiles and scripts give to containers, volumes and networks, as far as their text says.
///
/// For a name that no command of a portrun has given yet: `docker stop db` in a worktree, where the main one was started
/// without portrun. A name that scripts only use is not the project's.
///
/// The scripts are read, once, when the first name is asked about.
final class ScriptNames {
    private let texts: () -> [[UInt8]]
    private lazy var given = Given(in: texts())

    /// For the files in `root`, and in the folders below it where scripts usually are.
    init(in root: String) { texts = { ProjectScripts.all(in: root, Look()).map(\.bytes) } }

    init(texts: [String]) { self.texts = { texts.map { Array($0.utf8) } } }

    /// True when one of the files gives `name` to something of the kind.
    func give(_ name: String, _ kind: DockerName.Kind) -> Bool { given.names[kind]?.contains(name) ?? false }
}

/// The names that texts give, of each kind.
private struct Given {
    private(set) var names: [DockerName.Kind: Set<ExactString>] = [:]

    init(in texts: [[UInt8]]) {
        for text in texts { add(ScriptWords(text)) }
    }

    /// Notes what a text gives: one way through it for its own words, and one for the variables that it has.
    private mutating func add(_ words: ScriptWords) {
        /// The words that a variable is assigned.
        var values: [ExactString: Set<ExactString>] = [:]
        var argumentEnd = 0
        words.forEach { word in
            let kinds = Self.kinds(givenAt: word.lowerBound, in: words)
            if !kinds.isEmpty { argumentEnd = words.endOfArgument(word.lowerBound, known: argumentEnd) }
            if !kinds.isEmpty, !words.isReadOnly(word.lowerBound..<argumentEnd) {
                for kind in kinds { names[kind, default: []].insert(words.text(word)) }
            } else if let variable = words.variable(assignedAt: word.lowerBound) {
                values[ExactString(variable), default: []].insert(words.text(word))
            }
        }
        guard !values.isEmpty else { return }
        var uses: [DockerName.Kind: Set<ExactString>] = [:]
        words.forEach { word in
            guard let use = words.use(at: word.lowerBound) else { return }
            for kind in Self.kinds(givenAt: use, in: words) { uses[kind, default: []].insert(words.text(word)) }
        }
        for (kind, variables) in uses {
            for variable in variables { names[kind, default: []].formUnion(values[variable] ?? []) }
        }
    }

    /// The kinds of which what stands at `place` is the name of a new thing.
    private static func kinds(givenAt place: Int, in words: ScriptWords) -> [DockerName.Kind] {
        guard let end = words.endOfMark(before: place) else { return [] }
        return marks.filter { $0.words.contains { words.isMark($0, endingAt: end) } }.map(\.kind)
    }

    /// What stands before the name of a new thing.
    private static let marks: [(kind: DockerName.Kind, words: [String])] = [
        (.container, ["--name", "container_name:"]), (.volume, ["volume create", "-v", "--volume"]),
        (.network, ["network create"]),
    ]
}
