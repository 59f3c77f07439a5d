import HTTPTypes
import PortrunBase

/// Why port-registry's door does not do what it is asked for.
enum AllocationRefusal: Error, Equatable {
    case json
    case names
    case portNumber
    case portText
    case id
    case filter
    case notFound
    case serviceAllocated(Allocation)
    case portAllocated(Allocation)
    /// Something listens there.
    case portInUse
    case exhausted(PortRange)
    /// A running command, a container or a time to live has it, which port-registry would not know.
    case held(String, Allocation)
    /// It is no allocation of this door's.
    case foreign(Allocation)
    /// port-registry would take it.
    case unusable(String)

    var answer: Answer {
        switch self {
        case .json: Self.answer(.badRequest, "invalid JSON")
        case .names: Self.answer(.badRequest, "app, instance, and service are required")
        case .portNumber: Self.answer(.badRequest, "port must be between 1 and 65535")
        case .portText: Self.answer(.badRequest, "invalid port")
        case .id: Self.answer(.badRequest, "invalid id")
        case .filter: Self.answer(.badRequest, "at least one filter is required for delete")
        case .notFound: Self.answer(.notFound, "allocation not found")
        case .serviceAllocated(let holder): Self.answer(.conflict, "service already allocated", holder)
        case .portAllocated(let holder): Self.answer(.conflict, "port already allocated", holder)
        case .portInUse: Self.answer(.conflict, "port in use on system")
        case .exhausted(let range):
            Self.answer(.internalServerError, "no free ports in range \(range.first)-\(range.last)")
        case .held(let message, let holder): Self.answer(.conflict, message, holder)
        case .foreign(let holder):
            Self.answer(.conflict, "`\(holder.service)` was not allocated here", holder)
        case .unusable(let message): Self.answer(.badRequest, message)
        }
    }

    /// What anything else that is wrong is answered with.
    static func answer(to problem: Problem) -> Answer {
        // port-registry tells so of any trouble with its file.
        let status = problem.status == .serviceUnavailable ? .internalServerError : problem.status
        return answer(status, problem.detail)
    }

    private static func answer(
        _ status: HTTPResponse.Status, _ message: String, _ holder: Allocation? = nil
    ) -> Answer {
        var members: [(key: String, value: JSONValue)] = [("error", .string(message))]
        if let holder { members.append(("holder", holder.json)) }
        return .json(.object(JSONValue.KeyValuePairs(members)), status)
    }
}
