import PortrunBase
import PortrunKit

/// The next step after an error, in terms of the tools where there is one that helps.
enum ToolHint {
    static let usual = "call the tool `doctor`, which looks for trouble and says what helps"

    static func text(for error: any ReportableError) -> String {
        guard let error = error as? ReleaseError else { return error.hint ?? usual }
        switch error {
        case .notBooked, .nothingBooked, .nothingLearned: return "call the tool `status`, which lists what is booked"
        case .portNotBooked, .noSuchNumber: return "call the tool `list`, which lists every booking"
        // No tool takes a port away from a running command.
        case .live(_, let pid, _): return "end pid \(pid) first, if it is yours to end"
        case .contained(_, _, let end): return "`\(end)` ends it, if it is yours to end"
        }
    }
}
