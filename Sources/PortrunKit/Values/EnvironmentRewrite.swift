import PortrunBase

/// The values, of the environment and of env files, that name a port which has moved.
package struct EnvironmentRewrite: Sendable, Equatable {
    /// The environment's in its order, then those of files; no name twice.
    package private(set) var changes: [ValueChange] = []
    package internal(set) var warnings: [Warning] = []
    /// Those in files that a command reads by itself, so that no variable reaches them.
    package internal(set) var unreached: [UnreachedValue] = []

    /// Names of ports that two services share, each told once.
    private var ambiguous: [Port] = []

    /// What the values of files may cost, in bytes: no program can be started with as many.
    private static let workLimit = 1 << 20
    /// The disputed lines that are told of one by one.
    private static let disputedLimit = 3
    /// The ports told of that services share, and the services named with each.
    private static let ambiguousLimit = 10

    /// Finds the values that follow `rules`.
    ///
    /// A variable that only files have is changed as a dotenv library would give it to the program: a real variable
    /// hides it, even an empty one.
    /// - Parameters:
    ///   - environment: the user's, without what an earlier portrun has set.
    ///   - files: read when they are needed.
    ///   - folder: the one that warnings name files relative to.
    ///   - isLeft: whether a variable is another's to set, or must keep its value.
    package init(
        _ rules: PortRules, environment: Environment, files: EnvFileVariables, relativeTo folder: String,
        isLeft: (String) -> Bool
    ) {
        warnings = files.warnings
        var seen: [String] = []
        for entry in environment.entries {
            guard let separator = entry.firstIndex(of: UInt8(ascii: "=")),
                Self.mayNamePort(entry[(separator + 1)...])
            else { continue }
            let name = String(decoding: entry[..<separator], as: UTF8.self)
            // Look-ups find the first of duplicates.
            guard Environment.isIdentifier(name), !seen.contains(name) else { continue }
            seen.append(name)
            add(name, entry[(separator + 1)...], .environment, rules, environment, files, isLeft)
        }
        var work = 0
        var disputed: [EnvFileVariable] = []
        for variable in files.variables where environment.bytes(of: variable.name) == nil {
            guard Environment.isIdentifier(variable.name), Self.mayNamePort(variable.value[...]) else { continue }
            let expanded = files.expanded(variable, in: environment, &work)
            let value = expanded ?? variable.value
            guard !value.contains(0) else { continue }
            work += value.count
            guard work <= Self.workLimit else {
                warnings.append(
                    variable.warning(
                        "and what follows keep their ports: more than \(Self.workLimit >> 20) MiB of values",
                        relativeTo: folder))
                break
            }
            let count = changes.count
            let origin = ValueChange.Origin.file(variable.path, line: variable.line)
            add(variable.name, value[...], origin, rules, environment, files, isLeft)
            guard variable.isDisputed || expanded == nil, changes.count > count else { continue }
            changes.removeLast()
            disputed.append(variable)
        }
        leaveOutTooLong(relativeTo: folder)
        if disputed.count > Self.disputedLimit {
            warnings.append(
                disputed[0].warning(
                    "and \(disputed.count - 1) others keep their port: programs differ in how they read these lines",
                    relativeTo: folder))
        } else {
            warnings += disputed.map {
                $0.warning("keeps its port: programs differ in how they read this line", relativeTo: folder)
            }
        }
    }

    /// Leaves out what no program could be started with, and tells it once.
    private mutating func leaveOutTooLong(relativeTo folder: String) {
        guard let first = changes.first(where: { $0.isTooLong }) else { return }
        let count = changes.count
        changes.removeAll { $0.isTooLong }
        let others = count - changes.count - 1
        let message =
            "`\(first.name)` \(others == 0 ? "keeps its" : "and \(others) others keep their") port: "
            + "no program starts with a variable of more than \(EnvironmentLimit.longestEntry) bytes"
        switch first.origin {
        case .environment: warnings.append(Warning(message))
        case .file(let path, let line):
            warnings.append(Warning(file: Path.shortest(path, from: folder), line: line, message))
        }
    }

    private mutating func add(
        _ name: String, _ value: ArraySlice<UInt8>, _ origin: ValueChange.Origin, _ rules: PortRules,
        _ environment: Environment, _ files: EnvFileVariables, _ isLeft: (String) -> Bool
    ) {
        let rewrite = ValueRewrite(of: value, named: name, rules) {
            Self.isRemote(siblingsOf: name, environment, files)
        }
        guard !rewrite.edits.isEmpty || !rewrite.ambiguous.isEmpty, !isLeft(name) else { return }
        for port in rewrite.ambiguous where ambiguous.count < Self.ambiguousLimit && !ambiguous.contains(port) {
            ambiguous.append(port)
            let services = rules.services(of: port, limit: Self.ambiguousLimit + 1)
            var names = ""
            for service in services.prefix(Self.ambiguousLimit) {
                names += (names.isEmpty ? "" : " and ") + "`\(service)`"
            }
            if services.count > Self.ambiguousLimit { names += " and others" }
            warnings.append(
                Warning("values that name \(port), such as `\(name)`, keep it: \(names) both declare that port"))
        }
        guard !rewrite.edits.isEmpty else { return }
        changes.append(
            ValueChange(name: name, old: Array(value), new: rewrite.bytes, origin: origin, edits: rewrite.edits))
    }

    /// False for most values, which start with no digit and have no colon, nor a variable that may.
    static func mayNamePort(_ value: ArraySlice<UInt8>) -> Bool {
        guard let first = value.first else { return false }
        if (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(first) { return true }
        for byte in value where byte == UInt8(ascii: ":") || byte == UInt8(ascii: "$") { return true }
        return false
    }

    /// Whether `DB_HOST` or `DB_HOSTNAME` says that `DB_PORT` is another machine's.
    static func isRemote(
        siblingsOf name: String, _ environment: Environment, _ files: EnvFileVariables
    ) -> Bool {
        guard name.hasSuffix("_PORT") else { return false }
        for suffix in ["_HOST", "_HOSTNAME"] {
            let sibling = String(name.dropLast(5)) + suffix
            guard let host = environment.bytes(of: sibling) ?? files.last(sibling)?.value[...], !host.isEmpty
            else { continue }
            return !LocalHost.isMeant(by: LocalHost.host(in: host))
        }
        return false
    }
}

extension ValueChange {
    /// Whether the kernel would start no program with it.
    fileprivate var isTooLong: Bool { name.utf8.count + 1 + new.count > EnvironmentLimit.longestEntry }
}

extension EnvFileVariable {
    /// A warning about it.
    ///
    /// - Parameters:
    ///   - clause: goes on from its name.
    ///   - folder: the one that the file is named relative to.
    fileprivate func warning(_ clause: String, relativeTo folder: String) -> Warning {
        Warning(file: Path.shortest(path, from: folder), line: line, "`\(name)` \(clause)")
    }
}
