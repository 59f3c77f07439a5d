import PortrunBase

/// The localhost of a command where ports of its checkout have moved: what its programs know by the declared number is
/// found at the booked one.
///
/// On Linux a filter stops bind(2) and connect(2) of the command and of all that it starts, and a supervisor does the
/// call in its place (CLaunch, translation.h). So even a program follows that has its port written in its source. A
/// connection to another machine is left alone, and so is a process in a network of its own.
package struct Translation: Sendable, Equatable {
    /// When to translate.
    package enum Mode: String, Sendable, CaseIterable {
        /// Where it can be done. Where it cannot, the command runs without it, and that is said.
        case auto
        /// Else the command does not run.
        case on
        case off
    }

    /// A port that is another one.
    package struct Entry: Sendable, Equatable {
        package var transport: TransportProtocol
        package var declared: Port
        /// nil where nothing of the checkout's is: who connects is refused.
        package var booked: Port?
        package var use: Use

        package init(_ transport: TransportProtocol, _ declared: Port, to booked: Port?, _ use: Use = .both) {
            self.transport = transport
            self.declared = declared
            self.booked = booked
            self.use = use
        }
    }

    /// The calls that an entry is for.
    package enum Use: String, Sendable, CaseIterable {
        case both
        /// Those who connect follow too, as soon as something below the command has bound the port.
        case bindOnly
        case connectOnly
    }

    package var mode: Mode
    package var entries: [Entry]
    /// TCP ports that are in no entry, and belong to others: a connection to one is told of, and who would listen on one
    /// that is in use may get another.
    package var others: [Port]
    /// Whoever would listen on a TCP port that is in no entry may get another one, though nobody else listens there.
    package var asksFirst: Bool

    package init(_ mode: Mode = .auto, _ entries: [Entry], others: [Port] = [], asksFirst: Bool = false) {
        self.mode = mode
        self.entries = entries
        self.others = others
        self.asksFirst = asksFirst
    }

    /// Nothing has to be done for a command that has this.
    package var isIdle: Bool { mode == .off || entries.isEmpty && !asksFirst }
}
