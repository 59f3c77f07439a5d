import CLaunch
import PortrunBase

/// This process's part in the translation for a command: it hears what the supervisor sees, and goes on in its place
/// when that is killed.
final class Supervision {
    private let translation: OpaquePointer
    /// The process between this one and the command.
    var supervisor: Int32 { portrun_supervisor(translation) }
    /// This process answers the command's calls.
    private(set) var isServing = false
    /// A port on which nobody listens is asked for, too.
    let asksFirst: Bool

    init(_ wanted: Translation) throws(TranslationFailure) {
        asksFirst = wanted.asksFirst
        var rules: [portrun_rule] = []
        for entry in wanted.entries {
            var rule = portrun_rule()
            rule.transport = UInt8(Self.transport(entry.transport).rawValue)
            rule.uses = Self.uses(entry.use)
            rule.declared = entry.declared.number
            // Nobody can listen on 0.
            rule.booked = entry.booked?.number ?? 0
            rules.append(rule)
        }
        let others = wanted.others.map(\.number)
        guard let translation = portrun_make_translation(rules, rules.count, others, others.count, wanted.asksFirst)
        else {
            throw TranslationFailure(obstacle: .system)
        }
        self.translation = translation
    }

    deinit { portrun_free_translation(translation) }

    private static func uses(_ use: Translation.Use) -> UInt8 {
        let (bind, connect) = (portrun_use_bind.rawValue, portrun_use_connect.rawValue)
        switch use {
        case .both: return UInt8(bind | connect)
        case .bindOnly: return UInt8(bind)
        case .connectOnly: return UInt8(connect)
        }
    }

    private static func transport(_ transport: TransportProtocol) -> portrun_transport {
        transport == .tcp ? portrun_tcp : portrun_udp
    }

    /// Forks a command that waits at its gate, below a supervisor.
    ///
    /// - Returns: its pid.
    func fork(
        _ image: UnsafeMutablePointer<portrun_image>, _ channel: inout Int32
    ) throws(TranslationFailure) -> Int32 {
        var failure = portrun_failure()
        let pid = portrun_fork_translated(image, translation, &channel, &failure)
        guard pid > 0 else { throw TranslationFailure(obstacle: TranslationObstacle(failure)) }
        return pid
    }

    /// Makes this process one that is translated, for what it executes.
    func translateSelf() throws(TranslationFailure) {
        var failure = portrun_failure()
        guard portrun_translate_self(translation, &failure) else {
            throw TranslationFailure(obstacle: TranslationObstacle(failure))
        }
    }

    /// What the supervisor has to tell.
    enum Report {
        /// The state of the command has changed.
        case status(ChildStatus)
        /// It is yet to be seen what this means.
        case sighting(portrun_report)
    }

    /// The next report; nil when there is none.
    func nextReport() -> Report? {
        var report = portrun_report()
        while portrun_take_report(translation, &report) {
            if report.kind == portrun_report_status.rawValue { return .status(ChildStatus(report.value)) }
            return .sighting(report)
        }
        return nil
    }

    /// Waits for a report, a tenth of a second at most.
    func waitForReport() { portrun_await_report(translation) }

    /// The event behind a sighting; nil for none, as when a server listens on one of two addresses only.
    func event(behind report: portrun_report, command: Int32) -> TranslationEvent? {
        let transport: TransportProtocol = report.transport == portrun_tcp.rawValue ? .tcp : .udp
        if report.kind == portrun_report_unreadable.rawValue { return .unreadable(report.pid) }
        guard let declared = Port(Int(report.declared)) else { return nil }
        guard let booked = Port(Int(report.booked)) else {
            withUnsafePointer(to: report) { portrun_settle(translation, $0) }
            return .refused(declared: declared, booked: nil, transport)
        }
        // Of what does not become known nothing is told.
        guard let isWaitedOn = try? BoundSocket.isWaiting(on: booked, transport) else { return nil }
        let event: TranslationEvent
        switch report.kind {
        case Int32(portrun_report_refused.rawValue) where !isWaitedOn:
            event = .refused(declared: declared, booked: booked, transport)
        case Int32(portrun_report_busy.rawValue) where isWaitedOn:
            let holder = ListeningProcess.find(on: booked, transport)
            if let holder, isBelow(holder.pid, command) { return nil }
            // It may have closed while it was looked for.
            guard holder != nil || (try? BoundSocket.isWaiting(on: booked, transport)) == true else { return nil }
            event = .taken(declared: declared, booked: booked, transport, by: holder)
        case Int32(portrun_report_other.rawValue) where isWaitedOn:
            event = .ofOther(declared)
        case Int32(portrun_report_listening.rawValue):
            event = .listening(declared, transport)
        case _:
            return nil
        }
        withUnsafePointer(to: report) { portrun_settle(translation, $0) }
        return event
    }

    /// Answers a process below, which would listen on a port that may be another checkout's.
    ///
    /// - Parameter move: finds another port for it; is told who listens there, nil for nobody.
    /// - Returns: that port; nil for none.
    func answer(_ request: portrun_report, command: Int32, _ move: (Port, ListeningProcess?) -> Port?) -> Port? {
        var booked: Port?
        if let port = Port(Int(request.declared)) {
            if let holder = ListeningProcess.find(on: port, .tcp) {
                if !isBelow(holder.pid, command) { booked = move(port, holder) }
            } else if asksFirst, (try? BoundSocket.isWaiting(on: port, .tcp)) == false {
                booked = move(port, nil)
            }
        }
        withUnsafePointer(to: request) { portrun_grant(translation, $0, booked?.number ?? 0) }
        return booked
    }

    /// Answers a process below, which would connect to a port that may be another checkout's.
    ///
    /// - Parameter find: tells the port in its place; nil for none.
    func answer(_ question: portrun_report, _ find: (Port) -> Port?) {
        var booked: Port?
        if let port = Port(Int(question.declared)), (try? BoundSocket.isWaiting(on: port, .tcp)) == true {
            booked = find(port)
            // Who listens there now, is nobody's who is asked for.
            if booked == nil { withUnsafePointer(to: question) { portrun_settle(translation, $0) } }
        }
        withUnsafePointer(to: question) { portrun_grant(translation, $0, booked?.number ?? 0) }
    }

    /// Answers a process below, which would end one outside, or a group.
    ///
    /// - Parameter spare: finds the one that is not to be ended; is told what would be, and who would do it.
    /// - Returns: that one; nil for none.
    func answer(_ question: portrun_report, _ spare: (Int32, Int32) -> Int32?) -> Int32? {
        let spared = spare(question.value, question.pid)
        withUnsafePointer(to: question) { portrun_grant(translation, $0, spared == nil ? 0 : 1) }
        return spared
    }

    /// Answers a portrun below, which has booked something: what `entries` say holds from now on.
    func answer(_ news: portrun_report, _ entries: [Translation.Entry]) {
        for entry in entries {
            // Nobody is granted nothing.
            guard let booked = entry.booked else { continue }
            var grant = news
            grant.transport = UInt8(Self.transport(entry.transport).rawValue)
            grant.declared = entry.declared.number
            portrun_grant(translation, &grant, booked.number)
        }
        withUnsafePointer(to: news) { portrun_grant(translation, $0, 0) }
    }

    /// True for the command and what it has started, also when that has lost its parent since.
    private func isBelow(_ pid: Int32, _ command: Int32) -> Bool {
        let lineage = [pid] + ProcessTree.ancestors(of: pid)
        return lineage.contains(command) || lineage.contains(supervisor)
    }

    /// Goes on in the place of the supervisor, which has died.
    func succeed() {
        portrun_succeed(translation)
        isServing = true
    }

    /// Serves until a signal of `signals` is pending or the time is over, or shorter.
    func serve(until signals: sigset_t, within limit: Int64?) {
        withUnsafePointer(to: signals) { portrun_serve(translation, $0, limit ?? -1) }
    }
}

/// What stops a translation before the command runs.
struct TranslationFailure: Error {
    let obstacle: TranslationObstacle
}
