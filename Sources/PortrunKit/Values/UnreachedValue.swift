import PortrunBase

/// A value in an env file that names a port which has moved, and that a command gets as the file has it.
package struct UnreachedValue: Sendable, Equatable {
    package let name: String
    /// Absolute.
    package let path: String
    /// Counted from 1.
    package let line: Int
    package let edit: PortEdit
    /// The file wins over the environment, so that no variable helps.
    package let isOverriding: Bool
    /// How many further values of the file are of the kind.
    package internal(set) var others = 0
}

extension EnvironmentRewrite {
    /// Tells of the values that a shell is not given, since files of other modes have them too.
    ///
    /// - Parameters:
    ///   - values: those that no variable reaches; what they stand in besides `files` is another mode's own.
    ///   - folder: the one that warnings name files relative to.
    mutating func warn(about values: [UnreachedValue], in files: EnvFileVariables, relativeTo folder: String) {
        for value in values where files.variables.contains(where: { $0.path == value.path }) {
            let edit = value.edit
            var message = "`\(value.name)` keeps \(edit.declared), and `\(edit.service)` is on \(edit.booked) here"
            if value.others > 0 { message += ", with \(value.others) more in this file" }
            warnings.append(
                Warning(
                    file: Path.shortest(value.path, from: folder), line: value.line,
                    message + ": a file of another mode has it too, so start commands with `portrun --`"))
        }
    }
}

extension EnvFileVariables {
    /// The first value of each file that no variable of a launch reaches.
    ///
    /// - Parameters:
    ///   - changes: the values that follow.
    ///   - isSet: whether a variable is set to another value anyway.
    func unreached(
        _ rules: PortRules, _ changes: [ValueChange], environment: Environment, isSet: (String) -> Bool
    ) -> [UnreachedValue] {
        var found: [UnreachedValue] = []
        var changed: Set<ExactString> = []
        for change in changes { changed.insert(change.name) }
        var work = 0
        // What wins over the environment is noted whole.
        for variable in variables.filter({ !overridingFiles.contains($0.path) }) + readElsewhere {
            let isOverriding = overridingFiles.contains(variable.path)
            guard EnvironmentRewrite.mayNamePort(variable.value[...]), !variable.isDisputed,
                isOverriding || !changed.contains(variable.name)
            else { continue }
            work += variable.value.count
            if work > Self.workLimit { break }
            let rewrite = ValueRewrite(of: variable.value[...], named: variable.name, rules) {
                EnvironmentRewrite.isRemote(siblingsOf: variable.name, environment, self)
            }
            guard let edit = rewrite.edits.first,
                isOverriding || environment.bytes(of: variable.name) == nil && !isSet(variable.name)
            else { continue }
            if let known = found.firstIndex(where: { $0.path == variable.path }) {
                if found[known].line != variable.line { found[known].others += 1 }
                continue
            }
            if found.count == Self.fileLimit { continue }
            found.append(
                UnreachedValue(
                    name: variable.name, path: variable.path, line: variable.line, edit: edit,
                    isOverriding: isOverriding))
        }
        return found
    }

    /// So many bytes of values are looked through, under the registry's lock.
    private static let workLimit = 1 << 20
    /// So many files are told of.
    private static let fileLimit = 10
}
