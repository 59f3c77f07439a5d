import PortrunBase
import PortrunKit
import PortrunRegistry

extension CollectionOutcome {
    /// A line for each thing kept for its container, one for each thing dropped, and one that counts these.
    func text(isDryRun: Bool, staleDays: Int?) -> String {
        let verb = isDryRun ? "would drop" : "dropped"
        var lines = kept.map { entry in
            """
            kept \(entry.label) \(entry.booking.service) \(entry.booking.port): \(entry.reason.rawValue), but its \
            container \(entry.container.name) still runs; `\(entry.container.end)` ends it
            """
        }
        lines += deadProcesses.map {
            "\(verb) lease of pid \($0.holder.pid) (dead): \($0.command)"
        }
        for reason in Reason.allCases {
            var why = reason.rawValue
            if reason == .stale, let staleDays { why += " for \(Self.count(staleDays, "day"))" }
            lines += bookings.filter { $0.reason == reason }.map { entry in
                "\(verb) \(entry.label) \(entry.booking.service) \(entry.booking.port): \(why)"
            }
        }
        lines += files.map { "\(verb) \($0.path): \($0.reason.rawValue)" }
        lines += networks.map { "\(verb) network \($0): no container of its checkout is on it" }
        lines.append(
            "\(verb) \(Self.count(deadProcesses.count, "dead lease")), \(Self.count(bookings.count, "booking"))"
                + (files.isEmpty ? "" : ", \(Self.count(files.count, "file"))")
                + (networks.isEmpty ? "" : ", \(Self.count(networks.count, "network"))"))
        return lines.map { TerminalText.onOneLine($0) + "\n" }.joined()
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
