import Testing

@testable import PortrunBase
@testable import PortrunLaunch

struct SignalPolicyTests {
    typealias Facts = SignalPolicy.Facts

    struct Case: Sendable, CustomTestStringConvertible {
        var signal: Int32
        var origin: SignalOrigin
        var facts: Facts
        var decision: SignalPolicy.Decision

        init(
            _ signal: Int32, _ origin: SignalOrigin, _ decision: SignalPolicy.Decision,
            _ change: (inout Facts) -> Void = { _ in }
        ) {
            self.signal = signal
            self.origin = origin
            self.decision = decision
            facts = Facts()
            change(&facts)
        }

        var testDescription: String { "\(signal) from \(origin): \(decision)" }
    }

    static let cases: [Case] = [
        // From another process: always meant for the command.
        Case(SIGINT, .process(900), .relay),
        Case(SIGTERM, .process(900), .relay),
        Case(SIGHUP, .process(900), .relay),
        Case(SIGWINCH, .process(900), .relay),
        Case(SIGTSTP, .process(900), .relay),
        Case(SIGTTIN, .process(900), .relay),
        Case(SIGCONT, .process(900), .relay),
        Case(SIGCHLD, .process(900), .relay),
        Case(SIGPIPE, .process(900), .relay),
        Case(SIGINT, .process(900), .relay) { $0.isForeground = true },
        // From outside of the pid namespace.
        Case(SIGTERM, .process(0), .relay),
        // From the command, or from portrun itself.
        Case(SIGTERM, .process(900), .drop) { $0.senderIsCommand = true },
        Case(SIGPIPE, .process(900), .drop) { $0.senderIsSelf = true },
        // From the terminal driver.
        Case(SIGINT, .kernel, .drop),
        Case(SIGQUIT, .kernel, .drop),
        Case(SIGTSTP, .kernel, .drop),
        Case(SIGWINCH, .kernel, .drop),
        Case(SIGINT, .kernel, .relay) { $0.childSharesGroup = false },
        Case(SIGWINCH, .kernel, .relay) { $0.childSharesGroup = false },
        Case(SIGTTIN, .kernel, .drop),
        Case(SIGTTOU, .kernel, .drop) { $0.childSharesGroup = false },
        // The end of the terminal.
        Case(SIGHUP, .kernel, .drop),
        Case(SIGHUP, .kernel, .relay) { $0.isSessionLeader = true },
        Case(SIGHUP, .kernel, .relay) { $0.childSharesGroup = false },
        Case(SIGCONT, .kernel, .drop),
        Case(SIGCONT, .kernel, .relay) { $0.isSessionLeader = true },
        // What the kernel says of portrun itself.
        Case(SIGCHLD, .kernel, .drop),
        Case(SIGXCPU, .kernel, .drop),
        Case(SIGALRM, .kernel, .relay),
        Case(SIGURG, .kernel, .relay),
        // The shell continues the whole job.
        Case(SIGCONT, .process(900), .drop) { $0.childHasContinued = true },
        // Where the system names no sender.
        Case(SIGINT, .unknown, .relay),
        Case(SIGINT, .unknown, .drop) { $0.isForeground = true },
        Case(SIGWINCH, .unknown, .drop) { $0.isForeground = true },
        Case(SIGTERM, .unknown, .relay) { $0.isForeground = true },
        Case(SIGHUP, .unknown, .relay) { $0.isForeground = true },
        Case(SIGCHLD, .unknown, .drop),
        Case(SIGINT, .unknown, .relay) {
            $0.isForeground = true
            $0.childSharesGroup = false
        },
    ]

    @Test("A signal is relayed unless the command has it already", arguments: cases)
    func decides(_ testCase: Case) {
        let decision = SignalPolicy.decision(on: testCase.signal, from: testCase.origin, testCase.facts)
        #expect(decision == testCase.decision)
    }
}
