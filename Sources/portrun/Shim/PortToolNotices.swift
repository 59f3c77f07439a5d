import PortrunBase
import PortrunKit

/// What is said of a call of a tool that does not ask for what its words say.
struct PortToolNotices {
    private let question: PortQuestion
    private let here: PortsHere
    private let isRead: Bool
    private let machines: String?

    private static let limit = 8

    /// - Parameters:
    ///   - isRead: a program reads the answer.
    ///   - machines: the path by which the tool is asked for the machine's.
    init(_ question: PortQuestion, _ here: PortsHere, isRead: Bool, machines: String?) {
        self.question = question
        self.here = here
        self.isRead = isRead
        self.machines = machines.map { TerminalText.onOneLine($0) }
    }

    var all: [String] {
        let way = machines.map { "; `\($0)` asks for the machine's" } ?? ""
        let led = [noticeOfOwnPorts, noticeOfPortsLeftOut, noticeOfProcessesLeftOut].compactMap { $0.map { $0 + way } }
        return led + [noticeOfMachine].compactMap { $0 }
    }

    private var name: String { question.tool.rawValue }

    private var moved: [String] {
        var places: [String] = []
        for (ports, transport) in question.asked {
            for (number, own) in here.moved(in: ports, transport) where !places.contains("\(own) for \(number)") {
                places.append("\(own) for \(number)")
            }
        }
        return places
    }

    /// Ports that are asked for by their numbers, on which nobody of this checkout listens.
    private var leftOut: [String] {
        var ports: [String] = []
        for (range, transport) in question.asked {
            for port in here.others(in: range, transport) where !ports.contains("\(port)") { ports.append("\(port)") }
        }
        return ports
    }

    /// What was asked for by its number, in one line.
    private var noticeOfOwnPorts: String? {
        let places = moved
        if places.isEmpty { return nil }
        return "`\(name)` asks for this checkout's own \(Self.list(places))"
    }

    private var noticeOfPortsLeftOut: String? {
        let ports = leftOut
        if ports.isEmpty || question.tool == .lsof && !(question.isOpen && isRead) { return nil }
        return "`\(name)` leaves \(Self.list(ports)) out, where another checkout's program listens"
    }

    private var noticeOfProcessesLeftOut: String? {
        guard question.isOpen, isRead, question.answer == .processes, question.asked.isEmpty, !here.processes.isEmpty
        else { return nil }
        return "`\(name)` leaves other checkouts' programs out (pid \(Self.list(here.processes.map { "\($0)" })))"
    }

    /// What portrun does not follow is answered for the machine's numbers.
    private var noticeOfMachine: String? {
        guard question.isUnclear || question.answer == .stream && question.asked.isEmpty else { return nil }
        let places = here.moved(in: nil, nil).map { "\($0.own) for \($0.number)" }
        if places.isEmpty { return nil }
        return "`\(name)` is asked as it is: this checkout's own ports are \(Self.list(places)) there"
    }

    private static func list(_ items: [String]) -> String {
        items.prefix(limit).joined(separator: ", ") + (items.count > limit ? ", …" : "")
    }
}
