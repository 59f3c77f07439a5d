/// A service that did not get, or did not keep, the port it should have had.
package struct Move: Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        /// Booked by another service; `owner` is `label service`.
        case booked(owner: String)
        /// A program outside portrun's knowledge listens on it.
        case busy
        /// A program of this checkout listens on it that no running command has booked it for.
        case own(program: String, pid: Int32)
        /// Somebody who is known listens on it: another checkout's program, or a container.
        case known(owner: String)
        /// The project declares it, so the main checkout has it.
        case main
        /// Likewise, and nothing of this checkout has used it so far.
        case mainAlone
        /// Nobody has it, and a linked worktree takes no number that its files declare.
        case leftToMain
        /// The user booked another one by hand before.
        case demanded
        /// What it has is in use: by a command, or by somebody who is not known.
        case inUse(by: String?)
    }

    package let service: ServiceName
    package let from: Port
    package let to: Port
    /// How many consecutive ports it has now, and how many it had.
    package let count: Int
    package let formerCount: Int
    package internal(set) var reason: Reason
    /// The folder of another clone that has the numbers which are the main checkout's in a linked worktree.
    package var clone: String?

    /// The same for another reason.
    package func with(_ reason: Reason) -> Move {
        var move = self
        move.reason = reason
        return move
    }

    package init(
        service: ServiceName, from: Port, to: Port, count: Int = 1, formerCount: Int? = nil, reason: Reason
    ) {
        self.service = service
        self.from = from
        self.to = to
        self.count = count
        self.formerCount = formerCount ?? count
        self.reason = reason
    }

    package var message: String { message(isPlanned: false) }

    /// - Parameter isPlanned: nothing has been booked yet.
    package func message(isPlanned: Bool) -> String {
        let (stays, isNow, moved) = isPlanned ? ("would stay", "would be", "would move") : ("stays", "is", "moved")
        let old = PortRange(from, count: formerCount) ?? PortRange(from)
        let wanted = PortRange(from, count: count) ?? old
        let new = PortRange(to, count: count) ?? PortRange(to)
        if reason == .demanded {
            return "`\(service)` \(stays) on \(new), which was booked by hand, and not \(wanted); "
                + "`portrun release \(service)` gives it up"
        }
        if case .inUse = reason {
            return "`\(service)` \(stays) on \(new) and not \(wanted): \(reason.clause(about: new, clone))"
        }
        if reason == .mainAlone {
            return "`\(service)` \(isNow) \(new) here: \(wanted) is \(Self.ofMain(clone)); "
                + "start this checkout's own, or use that one with `--use-main \(service)`"
        }
        let text = "`\(service)` \(moved) from \(old) to \(new): \(reason.clause(about: wanted, clone))"
        return from.isPrivileged && !to.isPrivileged ? "\(text); URLs change, they now need `:\(to)`" : text
    }

    /// Who has the declared numbers, where that is not this checkout.
    ///
    /// - Parameter clone: the folder of another clone; nil for the main worktree.
    fileprivate static func main(_ clone: String?) -> String {
        clone.map { "the other clone (\(TerminalText.onOneLine($0)))" } ?? "the main checkout"
    }

    /// Likewise, of what is theirs.
    package static func ofMain(_ clone: String?) -> String {
        clone.map { "the other clone's (\(TerminalText.onOneLine($0)))" } ?? "the main checkout's"
    }
}

extension Move.Reason {
    /// The obstacle to booking `ports`, as a clause.
    ///
    /// - Parameter clone: the folder of another clone that has the declared numbers; nil for the main worktree.
    func clause(about ports: PortRange, _ clone: String? = nil) -> String {
        switch self {
        case .booked(let owner): "\(ports.count == 1 ? "\(ports) is" : "ports in \(ports) are") booked by \(owner)"
        case .busy: "another program listens \(ports.count == 1 ? "on" : "in") \(ports)"
        case .own(let program, let pid):
            "`\(TerminalText.onOneLine(program))` of this checkout (pid \(pid)) listens "
                + "\(ports.count == 1 ? "on" : "in") \(ports)"
        case .known(let owner): "\(owner) listens \(ports.count == 1 ? "on" : "in") \(ports)"
        case .main, .mainAlone: "\(ports) \(ports.count == 1 ? "is" : "are") \(Move.ofMain(clone))"
        case .leftToMain: "\(ports) \(ports.count == 1 ? "is" : "are") left to \(Move.main(clone))"
        case .inUse(let user): "\(TerminalText.onOneLine(user ?? "something")) uses \(ports)"
        case .demanded: "another port was booked by hand"
        }
    }
}
