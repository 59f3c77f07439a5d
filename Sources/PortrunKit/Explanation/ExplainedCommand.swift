import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// What a command would get, with what a person should know of it; nothing is booked or written.
package struct ExplainedCommand: Sendable {
    package let explanation: Explanation
    package var warnings: [Warning] = []
    package var notices: [String] = []
    /// A server of the command gets a port of its own in the place of one that nobody has.
    private var leavesUndeclared = false

    /// - Parameters:
    ///   - words: the command; none for what a shell gets.
    ///   - composeFile: what the command is given on standard input, when that is a compose file.
    ///   - registry: opened when the files have been read.
    package init(
        _ words: [String], composeFile: [UInt8]? = nil, _ options: LaunchOptions, in checkout: Checkout,
        _ registry: () throws -> Registry
    ) throws {
        let invocation = Invocation(
            arguments: words.isEmpty ? [Array("sh".utf8)] : words.map { Array($0.utf8) }, words: words,
            composeFile: composeFile)
        guard checkout.system.environment["PORTRUN"] != "0" else {
            explanation = Explanation(unchanged: checkout, arguments: words.isEmpty ? nil : invocation.arguments)
            return
        }
        let plan = Plan(invocation, options, in: checkout)
        let preparation = try plan.prepare(in: registry(), isDryRun: true)
        explanation = Explanation(preparation)
        leavesUndeclared = preparation.booked.translation?.leavesUndeclared == true
        warnings = plan.warnings + preparation.warnings + preparation.unreachedValues()
        notices = preparation.notices
    }

    /// Where the command finds and has a number of localhost, in a line.
    package func place(of port: Port) -> String {
        if let line = explanation.translations.first(where: { $0.hasPrefix("localhost:\(port) ") }) { return line }
        let isLeft =
            leavesUndeclared && !port.isPrivileged && !PortExpectation.isOfTool(port)
            && !EphemeralPorts.current().contains(port)
        let rest = isLeft ? "; a server of this checkout that would listen there gets a port of its own" : ""
        return "localhost:\(port) is the machine's: nothing of this checkout is known there\(rest)"
    }
}
