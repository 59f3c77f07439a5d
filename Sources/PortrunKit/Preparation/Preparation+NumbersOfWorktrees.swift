import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// A number on which a linked worktree listens though it may be in the main one's source: it could not be moved when it
/// was bound.
package struct NumberOfWorktree: Sendable {
    package let port: Port
    package let warning: Warning
}

/// What a command of the main worktree reaches in a linked one by a number that no file declares. Nobody is waited for,
/// and no failure matters.
extension Preparation {
    /// Those that a portrun there has seen.
    package func learnedNumbersOfWorktrees(in registry: Registry) -> [NumberOfWorktree] {
        guard let repository = plan.checkout.context.repository else { return [] }
        let path = plan.checkout.context.path
        let found = try? plan.checkout.look(in: registry) { reader, _ in
            try reader.learnedBookings(inWorktreesOf: repository, besides: path)
        }
        var numbers: [NumberOfWorktree] = []
        for other in found ?? [] {
            guard other.booking.isMoved, let declared = other.booking.declared,
                let holder = ListeningProcess.find(on: declared, .tcp),
                holder.belongs(
                    to: other.context.path, having: "\(Overlay.contextVariable)=\(other.context.hash)")
            else { continue }
            numbers.append(number(declared, holder, place(other.context.label, other.context.path)))
        }
        return numbers
    }

    /// All on which something listens that runs in a linked worktree's folder, as far as it is none of what is booked there,
    /// nor of what tools and the kernel choose.
    ///
    /// Reads every process's descriptors: for a command that has failed.
    package func numbersOfWorktrees(in registry: Registry) -> [NumberOfWorktree] {
        let checkout = plan.checkout
        guard let repository = checkout.context.repository else { return [] }
        let folders = checkout.linkedWorktrees(of: repository)
        let chosen = folders.isEmpty ? [] : BoundSocket.onChosenPorts()
        if chosen.isEmpty { return [] }
        let statuses = try? checkout.look(in: registry) { reader, _ in
            (try reader.checkouts(of: repository), try reader.status(matching: BookingFilter()).map(\.booking))
        }
        guard let (known, bookings) = statuses else { return [] }
        var numbers: [NumberOfWorktree] = []
        for (socket, holder) in zip(chosen, ListeningProcess.holders(of: chosen)) {
            guard let holder, !holder.isContainerEngine, !numbers.contains(where: { $0.port == socket.port }),
                !bookings.contains(where: { $0.transport == .tcp && $0.ports.contains(socket.port) }),
                let folder = folders.first(where: holder.runs)
            else { continue }
            let label = known.first { $0.path == folder }?.label
            numbers.append(
                number(socket.port, holder, label.map { place($0, folder) } ?? TerminalText.onOneLine(folder)))
        }
        return numbers
    }

    private func number(_ port: Port, _ holder: ListeningProcess, _ place: String) -> NumberOfWorktree {
        let program = "`\(TerminalText.onOneLine(holder.name))` (pid \(holder.pid))"
        let step =
            Translation.isSupported
            ? "end that one; by portrun, without `--exec` and `--translate off`, it gets another port there"
            : "end that one, or give it another port there"
        return NumberOfWorktree(
            port: port,
            warning: Warning(
                "who has \(port) in its source reaches \(program) of \(place), and a server with that number finds it "
                    + "taken: \(step)"))
    }
}
