import PortrunBase

/// Why a word is no range of ports; ArgumentParser puts the description behind its own words.
enum RangeProblem: Error, CustomStringConvertible {
    case reversed
    case noRange
    /// The word before the range names no kind of service.
    case kind

    var description: String {
        switch self {
        case .reversed: "it is reversed"
        case .noRange: "not a range such as 4000-4099, nor a port"
        case .kind:
            "no kind of service stands before the range; the kinds are "
                + ServiceKind.allCases.map(\.rawValue).joined(separator: ", ")
        }
    }
}

extension PortRange {
    /// A range as an option has it.
    init(argument: Substring) throws(RangeProblem) {
        guard let range = PortRange(argument) else { throw PortRange.isReversed(argument) ? .reversed : .noRange }
        self = range
    }
}
