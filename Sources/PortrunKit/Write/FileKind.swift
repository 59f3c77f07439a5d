import PortrunBase
import PortrunCompose

/// How a file is read in which values are set; its name says so.
enum FileKind: Equatable {
    case json(allowsComments: Bool)
    case toml, yaml, ini
    /// A file with any other name.
    case dotenv

    init(name: String) {
        let name = name.lowercased()
        self =
            if name.hasSuffix(".json") {
                .json(allowsComments: false)
            } else if name.hasSuffix(".jsonc") {
                .json(allowsComments: true)
            } else if name.hasSuffix(".toml") {
                .toml
            } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
                .yaml
            } else if name.hasSuffix(".ini") || name.hasSuffix(".cfg") {
                .ini
            } else {
                .dotenv
            }
    }

    func allows(_ assignment: FileAssignment) -> Bool {
        switch self {
        case .json: assignment.isPointer
        case .toml, .yaml, .ini: true
        case .dotenv: Environment.isIdentifier(assignment.place)
        }
    }

    /// The values of a file that is not made by `write`; none for the kinds that have a reader of their own.
    func keyedValues(_ bytes: [UInt8], _ look: Look) throws(KeyedSource.Failure) -> [KeyedValue] {
        switch self {
        case .toml: return try TOMLValues.all(in: bytes, look)
        case .ini: return try INIValues.all(in: bytes, look)
        case .yaml:
            do throws(ComposeFailure) {
                return try YAMLValues.all(in: bytes, look)
            } catch {
                throw KeyedSource.Failure(line: error.line, problem: look.end?.message ?? error.problem.message)
            }
        case .json, .dotenv: return []
        }
    }
}
