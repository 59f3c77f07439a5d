import PortrunBase

/// A change to a file: values put into it, or all of it made from a template.
package enum FileEdit: Sendable, Equatable {
    case assignments([FileAssignment])
    case template(PlaceholderText)

    /// The texts whose ports have to be booked.
    package var texts: [PlaceholderText] {
        switch self {
        case .assignments(let assignments): assignments.map(\.value)
        case .template(let text): [text]
        }
    }

    /// The one that makes a file of `bytes`.
    ///
    /// - Parameter file: their file's name, for messages.
    package static func filling(_ bytes: [UInt8], of file: String, _ look: Look) throws(WriteError) -> FileEdit {
        let text = PlaceholderText(bytes, look)
        guard let end = look.end else { return .template(text) }
        throw .tooMuch(file: file, end)
    }

    /// The new content of `file`.
    ///
    /// `FileKind` says how its name makes it read.
    /// - Parameters:
    ///   - content: what it holds; nil when it does not exist.
    ///   - file: its name, for messages and for its kind.
    ///   - look: limits each reading of the file, and the time of all.
    ///   - port: of a service, nil for the project's own.
    package func applied(
        to content: [UInt8]?, of file: String, _ look: Look, _ port: (ServiceName?) -> Port
    ) throws(WriteError) -> [UInt8] {
        switch self {
        case .template(let text): return text.filled(port)
        case .assignments(let assignments):
            let kind = FileKind(name: file)
            for assignment in assignments where !kind.allows(assignment) {
                throw .wrongAssignment(file: file, word: assignment.place)
            }
            let values = assignments.map { ($0, String(decoding: $0.value.filled(port), as: UTF8.self)) }
            return switch kind {
            case .json(let allowsComments): try Self.json(content, file, values, allowsComments: allowsComments, look)
            case .toml, .yaml, .ini: try Self.keyed(content, file, values, kind, look)
            case .dotenv: try Self.dotenv(content, file, values, look)
            }
        }
    }

    private static func json(
        _ content: [UInt8]?, _ file: String, _ values: [(FileAssignment, String)], allowsComments: Bool, _ look: Look
    ) throws(WriteError) -> [UInt8] {
        var source: JSONSource
        do {
            source = try JSONSource(content ?? Array("{}\n".utf8), allowsComments: allowsComments, look)
        } catch {
            throw .syntax(file: file, line: error.line, problem: error.problem)
        }
        for (assignment, value) in values {
            do throws(JSONSource.SettingError) {
                try source.set(assignment.place, to: value, isText: !assignment.isPort)
            } catch {
                switch error {
                case .noPlace: throw .noPlace(file: file, pointer: assignment.place)
                case .notAValue: throw .notAValue(file: file, pointer: assignment.place)
                case .broken: throw .notSettable(file: file, name: assignment.place)
                }
            }
        }
        return source.bytes
    }

    private static func keyed(
        _ content: [UInt8]?, _ file: String, _ values: [(FileAssignment, String)], _ kind: FileKind, _ look: Look
    ) throws(WriteError) -> [UInt8] {
        guard let content else { throw .noFile(file) }
        var source: KeyedSource
        do {
            source = try KeyedSource(content, kind.keyedValues, look)
        } catch {
            throw .syntax(file: file, line: error.line, problem: error.problem)
        }
        for (assignment, value) in values {
            do throws(KeyedSource.SettingError) {
                try source.set(assignment.place, to: value)
            } catch {
                switch error {
                case .noPlace: throw .noKey(file: file, place: assignment.place)
                case .several(let places, let count):
                    throw .ambiguous(file: file, place: assignment.place, places, count: count)
                case .failure(let failure): throw .syntax(file: file, line: failure.line, problem: failure.problem)
                }
            }
        }
        return source.bytes
    }

    private static func dotenv(
        _ content: [UInt8]?, _ file: String, _ values: [(FileAssignment, String)], _ look: Look
    ) throws(WriteError) -> [UInt8] {
        do throws(DotenvSource.Failure) {
            var source = try DotenvSource(content ?? [], look)
            for (assignment, value) in values where try !source.set(assignment.place, to: value) {
                // Not thrown here, where another type is caught.
                return try unsettable(assignment.place)
            }
            return source.bytes
        } catch {
            if error.line == 0 { throw .notSettable(file: file, name: error.problem) }
            throw .syntax(file: file, line: error.line, problem: error.problem)
        }
    }

    private static func unsettable(_ name: String) throws(DotenvSource.Failure) -> [UInt8] {
        throw DotenvSource.Failure(line: 0, problem: name)
    }
}
