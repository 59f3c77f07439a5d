import PortrunBase
import PortrunRegistry

/// The variables that a checkout's programs are to see, as `portrun export` prints them.
public struct ExportedVariables: Sendable {
    let overlay: Overlay

    /// What a person should know: warnings, and ports that have moved. Lower-case clauses without a final period.
    public let notices: [String]

    /// Each variable that is set, with its value, in the order of telling; no name twice.
    public var assignments: [(name: String, value: String)] {
        overlay.assignments.map { ($0.name, $0.value.text) }
    }

    /// The variables to take away, since an earlier export set them.
    public var removals: [String] { overlay.removals }

    /// One JSON object, the same that `portrun export --format json` has: for each variable its value, `null` for one
    /// that is taken away.
    public var json: String { String(decoding: ExportFormat.json.output(of: overlay), as: UTF8.self) }
}

extension PortRegistry {
    /// Books what a checkout's files declare, and tells the variables that go with it.
    ///
    /// Where fixed ports of a compose project have to move, its override file is written beside the registry.
    ///
    /// - Parameter checkout: whose compose, env and package files are read.
    /// - Throws: ``PortrunError`` of the kinds ``PortrunError/Kind/exhausted``, ``PortrunError/Kind/held``,
    ///   ``PortrunError/Kind/project`` and ``PortrunError/Kind/registry``.
    public func export(_ checkout: Checkout) throws(PortrunError) -> ExportedVariables {
        try PortrunError.wrapping {
            let preparation = try Plan(nil, in: checkout).prepare(in: registry).writeFiles()
            let warnings = preparation.plan.warnings + preparation.warnings
            return ExportedVariables(
                overlay: preparation.overlay,
                notices: warnings.map(\.text) + preparation.notices)
        }
    }
}
