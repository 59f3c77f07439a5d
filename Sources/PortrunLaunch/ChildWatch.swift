import CLaunch
import PortrunBase

/// The wait for one child: one signal at a time, nothing in a handler, no time spent while nothing happens but a few
/// looks at where it listens, when these are wanted.
struct ChildWatch {
    let pid: Int32
    let signals: SignalState
    private var listening: ListeningWatch?
    /// The listener that the child was ended for, under `--strict`.
    private(set) var stray: StrayListener?
    /// Somebody else has continued the child since portrun last received SIGCONT.
    private var childHasContinued = false
    /// As far as is known here.
    private var isStopped = false
    /// portrun has relayed SIGCONT, so that the next continuation is its own.
    private var hasRelayedContinue = false

    /// nil when the child is one of this process, and not of a supervisor.
    private let supervision: Supervision?
    private let answers: TranslationAnswers
    /// Processes outside that the command was not to end.
    private var spared: Set<Int32> = []
    private var refusals = RefusalWatch()

    init(
        pid: Int32, signals: SignalState, _ listening: ListeningWatch? = nil, _ supervision: Supervision? = nil,
        _ answers: TranslationAnswers = TranslationAnswers()
    ) {
        self.pid = pid
        self.signals = signals
        self.listening = listening
        self.supervision = supervision
        self.answers = answers
    }

    /// Returns when the child has ended and is reaped; its pid must not be signalled any more.
    mutating func run() -> Ending {
        // SIGCHLD has been blocked since before the fork, so an early end of the child is pending here.
        while true {
            guard let received = next() else {
                if listening?.remaining == 0 { look() }
                tellOfRefusals(isOver: false)
                continue
            }
            if received.number == SIGCONT { waitForContinuation() }
            if let ending = reap() {
                if ending == .exited(0) { answerDaemons() }
                tellOfRefusals(isOver: true)
                return ending
            }
            let isRelayed = decision(on: received) == .relay
            if isRelayed { received.relay(to: pid) }
            if received.number == SIGCONT {
                childHasContinued = false
                hasRelayedContinue = isRelayed
            }
        }
    }

    /// Waits for the next signal, no longer than until there is something else to do.
    private func next() -> ReceivedSignal? {
        guard let supervision else { return signals.next(within: listening?.remaining) }
        let limits = (listening?.remaining, refusals.remaining)
        let limit = limits.0.map { min($0, limits.1 ?? $0) } ?? limits.1
        guard supervision.isServing else { return signals.next(within: limit) }
        supervision.serve(until: signals.awaited, within: limit)
        return signals.next(within: 0)
    }

    /// A command that has become a daemon may have ended before that asks for its port, and nobody else could answer.
    private mutating func answerDaemons() {
        guard let supervision, supervision.asksFirst, !supervision.isServing else { return }
        let end = MonotonicClock.nanoseconds() + Self.patienceWithDaemons
        while case let rest = end - MonotonicClock.nanoseconds(), rest > 0, !Orphans.left().isEmpty {
            // Whoever signals now means nobody who is left.
            if let received = signals.next(within: min(rest, Self.lookAtDaemons)), received.number != SIGCHLD { return }
            _ = takeReports()
        }
    }

    /// In nanoseconds.
    private static let (patienceWithDaemons, lookAtDaemons): (Int64, Int64) = (250_000_000, 20_000_000)

    private mutating func tellOfRefusals(isOver: Bool) {
        guard let supervision else { return }
        for refusal in refusals.takeDue(isOver: isOver) {
            if let event = supervision.event(behind: refusal, command: pid) { answers.tell(event) }
        }
    }

    /// The news that the child goes on may come later from a supervisor than SIGCONT comes from a shell that continues
    /// both, and would be taken for what portrun's own SIGCONT has done.
    private func waitForContinuation() {
        guard isStopped, let supervision, !supervision.isServing else { return }
        supervision.waitForReport()
    }

    /// Sees where the child listens, and does what is to be done when that is elsewhere than booked.
    private mutating func look() {
        guard let (stray, holder) = listening?.look(at: pid), let answer = listening?.answer else { return }
        switch answer {
        case .tell(let tell): tell(stray)
        case .end:
            self.stray = stray
            kill(pid, SIGTERM)
            // A shell or package manager in between may die of it without passing it on.
            if holder != pid { kill(holder, SIGTERM) }
        }
    }

    /// Takes note of all that has happened to children; returns how ours ended.
    ///
    /// All children are waited for, since there may be others: those of a program that has exec'ed portrun, and as
    /// pid 1 of a pid namespace every orphan. Nobody else could reap them.
    private mutating func reap() -> Ending? {
        if let ending = takeReports() { return ending }
        while true {
            var status: Int32 = 0
            let changed = waitpid(-1, &status, WNOHANG | WUNTRACED | WCONTINUED)
            if changed <= 0 { return nil }
            if changed == pid, let ending = note(ChildStatus(status)) { return ending }
            if changed == supervision?.supervisor, case .ended = ChildStatus(status) {
                // What it has said before its death; all that comes now is this process's own to find out.
                if let ending = takeReports() { return ending }
                supervision?.succeed()
            }
        }
    }

    /// Takes what the supervisor tells; returns how the child ended.
    private mutating func takeReports() -> Ending? {
        while let report = supervision?.nextReport() {
            switch report {
            case .status(let status):
                if let ending = note(status) { return ending }
            case .sighting(let sighting) where sighting.kind == portrun_report_refused.rawValue:
                refusals.note(sighting)
            case .sighting(let request) where request.kind == portrun_report_request.rawValue:
                if let given = supervision?.answer(request, command: pid, answers.move) { listening?.expect(given) }
            case .sighting(let question) where question.kind == portrun_report_question.rawValue:
                supervision?.answer(question, answers.find)
            case .sighting(let news) where news.kind == portrun_report_news.rawValue:
                supervision?.answer(news, answers.renew())
            case .sighting(let kill) where kill.kind == portrun_report_kill.rawValue:
                guard let process = supervision?.answer(kill, answers.spare) else { continue }
                if spared.insert(process).inserted { answers.tell(.spared(process)) }
            case .sighting(let sighting):
                if let event = supervision?.event(behind: sighting, command: pid) { answers.tell(event) }
            }
        }
        return nil
    }

    /// Follows the child; returns how it ended.
    private mutating func note(_ status: ChildStatus) -> Ending? {
        switch status {
        case .ended(let ending):
            return ending
        case .stopped(let signal):
            isStopped = true
            childHasContinued = false
            hasRelayedContinue = false
            if isStillStopped() { JobControl(child: pid, signals: signals).stop(by: signal) }
        case .continued:
            isStopped = false
            childHasContinued = !hasRelayedContinue
            hasRelayedContinue = false
        }
        return nil
    }

    /// False for a stop that is over: what a supervisor tells may be read late, as when this process was stopped too, and
    /// nobody would continue it a second time. Of a child of its own the system tells no such thing.
    private func isStillStopped() -> Bool {
        guard let supervision, !supervision.isServing else { return true }
        var pending = sigset_t()
        sigpending(&pending)
        // Whoever continues both may reach this process first. A stop of this one would have taken the signal away.
        if sigismember(&pending, SIGCONT) == 1 { return false }
        return RunningProcess.of(pid)?.isStopped ?? true
    }

    private func decision(on received: ReceivedSignal) -> SignalPolicy.Decision {
        var facts = SignalPolicy.Facts()
        facts.childSharesGroup = getpgid(pid) == getpgrp()
        facts.isSessionLeader = getsid(0) == getpid()
        facts.childHasContinued = childHasContinued
        switch received.origin {
        case .kernel:
            break
        case .process(let sender):
            facts.senderIsSelf = sender == getpid()
            facts.senderIsCommand = sender == pid || isAccident(sender, facts)
        case .unknown:
            facts.isForeground = Terminal.withControlling { $0.foregroundGroup == getpgrp() } ?? false
        }
        return SignalPolicy.decision(on: received.number, from: received.origin, facts)
    }

    /// True if `sender` is below the command, and can have reached both by signalling its own group.
    private func isAccident(_ sender: Int32, _ facts: SignalPolicy.Facts) -> Bool {
        sender > 0 && facts.childSharesGroup && getpgid(sender) == getpgrp()
            && ProcessTree.ancestors(of: sender).contains(pid)
    }
}
