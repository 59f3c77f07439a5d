import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// Why a call could not do what it was asked for.
///
/// The texts are those that the command line prints; decide by ``kind``, never by a text.
public struct PortrunError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What a caller may do about an error.
    public enum Kind: Sendable, Equatable {
        /// An argument is not what it should be: a name with a control character, a port above 65535. Mend the call.
        case argument
        /// Somebody else has the port, or the service has another one. Choose another port, or ask again later.
        case taken
        /// No port is free where one was looked for. Give ports back, collect, or widen the range.
        case exhausted
        /// A running command or container holds what was to be changed. Wait until it has ended.
        case held
        /// There is no such booking, or no such name.
        case notFound
        /// There is no checkout to work in: the folder is gone, say. Make another ``Checkout``.
        case checkout
        /// A file of the project cannot be read or understood. Mend the file.
        case project
        /// The registry cannot be opened, read or written: no room, no permission, busy, made by a newer portrun. The
        /// hint says what helps.
        case registry
        /// Anything else that the system refused.
        case system
    }

    /// What a caller may do about it.
    public let kind: Kind
    /// A lower-case clause without a final period; names stand in backticks.
    public let message: String
    /// The next step, where there is one.
    public let hint: String?
    /// What the command line would exit with: 1 for a clean «no», 64 for wrong usage, 125 for a failure.
    public let exitStatus: Int32

    /// The message, with the hint behind it.
    public var description: String { hint.map { "\(message) (\($0))" } ?? message }
}

extension PortrunError: ReportableError {}

extension PortrunError {
    init(_ kind: Kind, _ error: any ReportableError) {
        self.init(kind: kind, message: error.message, hint: error.hint, exitStatus: error.exitStatus)
    }

    /// What any error is to a caller.
    package init(reporting error: any Error) {
        switch error {
        case let error as PortrunError: self = error
        case let error as any ReportableError: self.init(Self.kind(of: error), error)
        default: self.init(kind: .system, message: "\(error)", hint: nil, exitStatus: 125)
        }
    }

    /// Runs `body`, whose errors become those of the library.
    package static func wrapping<Result>(_ body: () throws -> Result) throws(PortrunError) -> Result {
        do {
            return try body()
        } catch {
            throw PortrunError(reporting: error)
        }
    }

    private static func kind(of error: any ReportableError) -> Kind {
        switch error {
        case is RegistryError, is TrustError: .registry
        case is ContextError, is CheckoutError, is FolderError: .checkout
        case is ClaimError: .taken
        case is NotRegisteredError, HoldingError.notHeld: .notFound
        case let error as BookingError:
            switch error {
            case .booked, .busy, .fixed: .taken
            case .held: .held
            case .exhausted: .exhausted
            case .beyondLast: .argument
            }
        case let error as ReleaseError:
            switch error {
            case .notBooked, .nothingBooked, .nothingLearned, .portNotBooked, .noSuchNumber: .notFound
            case .live, .contained: .held
            }
        default:
            error.exitStatus == 64 ? .argument : error is LaunchError || error is PortProbeError ? .system : .project
        }
    }
}
