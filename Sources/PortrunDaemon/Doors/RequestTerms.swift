import PortrunBase
import PortrunKit
import PortrunRegistry

/// What an error says in terms of requests, where its own words are those of the command line.
enum RequestTerms {
    /// The next step; nil where there is none.
    static func hint(for error: any ReportableError) -> String? {
        switch error {
        case let error as ReleaseError: releaseHint(error)
        case let error as BookingError: bookingHint(error)
        case let error as ClaimError: claimHint(error)
        case let error as RegistryError: registryHint(error)
        case is NotRegisteredError: "`GET /api/v1/services` lists what is registered"
        case is FolderError:
            "give the absolute path of a folder that exists; `GET /api/v1/contexts` has the `path` of each known checkout"
        case let error as TrustError: trustHint(error)
        case ContextError.machine:
            "`PUT /api/v1/services/{service}` names a port of the machine; or give another `context`"
        default: error.hint
        }
    }

    /// What is wrong.
    static func detail(of error: any ReportableError) -> String {
        guard let error = error as? ContextError else { return error.message }
        return ["context", "app", "instance"].reduce(error.message) { $0.replacing("`--\($1)", with: "`\($1)") }
    }

    private static let everyBooking = "`GET /api/v1/bookings` lists every booking"

    private static func releaseHint(_ error: ReleaseError) -> String {
        switch error {
        case .notBooked, .nothingLearned, .nothingBooked, .portNotBooked, .noSuchNumber: everyBooking
        case .live: "end it first, or use `?force=true`"
        case .contained(_, _, let end): "`\(end)` ends it; or use `?force=true`"
        }
    }

    private static func bookingHint(_ error: BookingError) -> String? {
        switch error {
        case .booked: everyBooking
        case .busy: "ask for another one, or leave `port` out"
        case .exhausted: "`POST /api/v1/gc` drops bookings whose project is gone"
        case .held, .beyondLast: error.hint
        case .fixed: "mend what the project fixes, or end what has it"
        }
    }

    private static func claimHint(_ error: ClaimError) -> String {
        switch error {
        case .booked: everyBooking
        case .elsewhere(let service, Context.machine.label, _): "`DELETE /api/v1/services/\(service)` gives it back"
        case .elsewhere: "`DELETE /api/v1/bookings/{id}` gives it back"
        }
    }

    private static let restart = "restart the daemon (`portrun daemon stop`, then `portrun daemon start`)"

    private static func registryHint(_ error: RegistryError) -> String? {
        switch error {
        case .newer: "\(restart): a newer portrun has changed the registry since this one started"
        case .noHome, .folder, .unusable, .readOnly: "mend that, or start the daemon with another registry"
        case .foreign: "move it away, then \(restart)"
        case .untrusted(let problem): trustHint(problem)
        case .busy, .interrupted, .full, .corrupt, .nested, .failed: error.hint
        }
    }

    private static func trustHint(_ error: TrustError) -> String? {
        let hint = error.hint
        return hint?.contains("`--registry`") == true
            ? "start the daemon with a registry in a folder that only you may write to" : hint
    }
}
