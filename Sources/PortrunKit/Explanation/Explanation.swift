import PortrunBase
import PortrunCompose

/// The changes that a launch makes to the environment of its command, with the reasons.
package struct Explanation: Sendable {
    package let label: String
    /// Where files are seen from.
    package let folder: String
    package let variables: [Variable]
    /// The command as it would be run; nil when none was given.
    package let arguments: [[UInt8]]?
    /// What is found elsewhere on the command's own localhost, or why it has none; empty where nothing has moved.
    package let translations: [String]
    /// The values inside containers that the override says anew.
    package let containerValues: [FollowingValue]

    /// A variable with another value than before, or one that portrun leaves alone though it could have a port.
    package struct Variable: Sendable {
        package let name: String
        /// nil when it is not set.
        package let old: [UInt8]?
        package let new: [UInt8]?
        package let reason: ExplanationReason

        package var action: String {
            switch (old, new) {
            case (nil, nil): "left"
            case (nil, _): "set"
            case (_, nil): "removed"
            default: "changed"
            }
        }
    }

    /// Explains what a command or a shell gets.
    package init(_ preparation: Preparation) {
        let before = preparation.plan.checkout.system.environment
        let after = preparation.command?.environment ?? preparation.overlay.applied(to: before)
        let reasons = ExplanationReasons(preparation)
        var variables: [Variable] = []
        let (oldValues, newValues) = (Self.values(before), Self.values(after))
        for name in Self.names(preparation.overlay, before, after) {
            let (old, new) = (oldValues[name], newValues[name])
            guard old != new else { continue }
            let shown = Self.shown(name, old, new)
            variables.append(Variable(name: name, old: shown.old, new: shown.new, reason: reasons[name]))
        }
        for (name, reason) in reasons.untold where newValues[name] == nil && oldValues[name] == nil {
            variables.append(Variable(name: name, old: nil, new: nil, reason: reason))
        }
        label = preparation.booked.context.label
        folder = preparation.plan.checkout.workingDirectory
        self.variables = variables
        let isTyped = preparation.plan.invocation?.words.isEmpty == false
        arguments = isTyped ? preparation.command?.arguments : nil
        translations = isTyped ? preparation.booked.translation?.lines ?? [] : []
        containerValues = preparation.valuesInContainers
    }

    /// Explains a launch of a portrun that is switched off: nothing is changed.
    package init(unchanged checkout: Checkout, arguments: [[UInt8]]?) {
        label = checkout.context.label
        folder = checkout.workingDirectory
        variables = []
        translations = []
        containerValues = []
        self.arguments = arguments
    }

    /// The values of a variable, but of `PATH` only the folders that are put in front.
    private static func shown(_ name: String, _ old: [UInt8]?, _ new: [UInt8]?) -> (old: [UInt8]?, new: [UInt8]?) {
        guard name == "PATH", let old, let new, new.count > old.count, new.suffix(old.count).elementsEqual(old) else {
            return (old, new)
        }
        let rest = Array("…".utf8)
        return (rest, Array(new.dropLast(old.count)) + rest)
    }

    /// The names of the overlay in its order, then the others that differ: the shim's.
    private static func names(_ overlay: Overlay, _ before: Environment, _ after: Environment) -> [String] {
        var names = overlay.names
        var seen = Set(of: names)
        for entry in after.entries + before.entries {
            guard let end = entry.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = String(decoding: entry[..<end], as: UTF8.self)
            if seen.insert(name) { names.append(name) }
        }
        return names
    }

    /// The value of each variable, as look-ups find it: the first one.
    private static func values(_ environment: Environment) -> [ExactString: [UInt8]] {
        var values: [ExactString: [UInt8]] = [:]
        for entry in environment.entries {
            guard let end = entry.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = String(decoding: entry[..<end], as: UTF8.self)
            if values[name] == nil { values[name] = Array(entry[(end + 1)...]) }
        }
        return values
    }

    /// One object; docs/json.md has its keys.
    package var json: JSONValue {
        .object([
            "context": .string(label), "variables": .array(variables.map(Self.json)),
            "arguments": arguments.map { .array($0.map { Self.json($0) }) } ?? .null,
            "translations": .array(translations.map { .string($0) }),
            "container_values": .array(containerValues.map(Self.json)),
        ])
    }

    private static func json(_ value: FollowingValue) -> JSONValue {
        .object([
            "service": .string(value.service), "name": .string(value.name), "old": .string(value.old),
            "new": .string(value.new), "file": .string(value.file), "line": .integer(value.line),
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

    package static func text(_ value: [UInt8]?) -> String { value.map { String(decoding: $0, as: UTF8.self) } ?? "-" }

    /// Bytes that are no UTF-8 are U+FFFD.
    private static func json(_ value: [UInt8]?) -> JSONValue { .string(orNull: value.map { text($0) }) }
}
