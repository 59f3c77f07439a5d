import PortrunBase
import PortrunKit
import PortrunRegistry

/// The changes that a launch makes to the environment of its command, with the reasons.
struct Explanation {
    private let label: String
    private let variables: [Variable]
    /// The command as it would be run; nil when none was given.
    private let arguments: [[UInt8]]?

    /// A variable with another value than before, or none.
    private struct Variable {
        let name: String
        /// nil when it is not set.
        let old: [UInt8]?
        let new: [UInt8]?
        let reason: ExplanationReason

        var action: String { old == nil ? "set" : new == nil ? "removed" : "changed" }
    }

    /// Explains a launch of `words`, or of whatever a shell may run when there are none, without launching anything.
    ///
    /// Warnings and moves are told on standard error, as a launch would.
    init(of words: [String], _ options: RunOptions, in system: System) throws {
        let composeFile = try StandardInput.composeFile(of: words, options, system)
        let pipeline = RunPipeline(
            options: options, arguments: words.isEmpty ? [Array("sh".utf8)] : words.map { Array($0.utf8) },
            words: words, composeFile: composeFile, system: system, shim: nil)
        let workplace = try Workplace(options.selection, system)
        guard system.environment["PORTRUN"] != "0" else {
            self.init(
                label: workplace.context.label, variables: [], arguments: words.isEmpty ? nil : pipeline.arguments)
            return
        }
        let launch = Launch(words, options, composeFile: composeFile, in: workplace)
        let shims = pipeline.shimFolder(for: launch, workplace, isDryRun: true)
        let started = try workplace.inRegistry(workplace.openRegistry(), isDryRun: true) {
            transaction, record, context in
            try pipeline.start(launch, shims, workplace, transaction, record, context, isDryRun: true)
        }
        if !options.isQuiet {
            launch.warnings.forEach(Report.warning)
            started.rewrite?.warnings.forEach(Report.warning)
            for move in started.outcome.moves { Report.notice(move.message) }
        }
        self.init(
            started, launch, system.environment, seenFrom: workplace.workingDirectory,
            hasCommand: !words.isEmpty)
    }

    private init(label: String, variables: [Variable], arguments: [[UInt8]]?) {
        self.label = label
        self.variables = variables
        self.arguments = arguments
    }

    /// - Parameters:
    ///   - before: the environment that portrun was given.
    ///   - folder: where files are seen from.
    init(
        _ started: RunPipeline.Started, _ launch: Launch, _ before: Environment, seenFrom folder: String,
        hasCommand: Bool = true
    ) {
        let after = started.command.environment
        let reasons = ExplanationReasons(started, launch, seenFrom: folder)
        var variables: [Variable] = []
        for name in Self.names(started.overlay, before, after) {
            let old = before.bytes(of: name).map { Array($0) }
            let new = after.bytes(of: name).map { Array($0) }
            guard old != new else { continue }
            variables.append(Variable(name: name, old: old, new: new, reason: reasons[name]))
        }
        self.init(
            label: started.context.label, variables: variables, arguments: hasCommand ? started.command.arguments : nil)
    }

    /// The names of the overlay in its order, then the others that differ: the shim's.
    private static func names(_ overlay: Overlay, _ before: Environment, _ after: Environment) -> [String] {
        var names = overlay.names
        for entry in after.entries + before.entries {
            guard let end = entry.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = String(decoding: entry[..<end], as: UTF8.self)
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// A row for each variable, with `-` for no value; then, behind an empty line, the command.
    func text(isAligned: Bool) -> String {
        var table = Table(columns: ["variable", "action", "old", "new", "reason"], isAligned: isAligned)
        for variable in variables {
            var (old, new) = (Self.text(variable.old), Self.text(variable.new))
            if isAligned { (old, new) = (Self.shortened(old, beside: new), Self.shortened(new, beside: old)) }
            table.add([variable.name, variable.action, old, new, variable.reason.text])
        }
        guard let arguments else { return table.text }
        let words = arguments.map { ExportFormat.shellQuoted(String(decoding: $0, as: UTF8.self)) }
        return table.text + "\n" + words.joined(separator: " ") + "\n"
    }

    /// See docs/json.md for its keys.
    var json: JSONValue {
        .object([
            "context": .string(label), "variables": .array(variables.map(Self.json)),
            "arguments": arguments.map { .array($0.map { Self.json($0) }) } ?? .null,
        ])
    }

    private static func json(_ variable: Variable) -> JSONValue {
        let reason = variable.reason
        return .object([
            "name": .string(variable.name), "action": .string(variable.action), "old": json(variable.old),
            "new": json(variable.new), "reason": .string(reason.text),
            "services": .array(reason.services.map { .string($0.description) }),
            "file": .string(orNull: reason.file), "line": .integer(orNull: reason.line),
        ])
    }

    /// The part of a value that fits into a column: around the first difference from `other`.
    private static func shortened(_ text: String, beside other: String) -> String {
        let limit = 60
        guard text.count > limit else { return text }
        let same = zip(text, other).prefix { $0 == $1 }.count
        let start = same < limit / 2 ? 0 : min(same - limit / 2, text.count - limit)
        let part = text.dropFirst(start).prefix(limit)
        return (start > 0 ? "…" : "") + part + (start + limit < text.count ? "…" : "")
    }

    private static func text(_ value: [UInt8]?) -> String { value.map { String(decoding: $0, as: UTF8.self) } ?? "-" }

    /// Bytes that are no UTF-8 are U+FFFD.
    private static func json(_ value: [UInt8]?) -> JSONValue { .string(orNull: value.map { text($0) }) }
}
