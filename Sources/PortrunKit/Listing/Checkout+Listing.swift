import PortrunBase
import PortrunRegistry

extension Checkout {
    /// The bookings of this checkout, or of others.
    ///
    /// - Parameters:
    ///   - filter: which of them.
    ///   - isMachineWide: those of every context that the filter does not leave out; else of this one alone.
    ///   - record: of this checkout, where it has one.
    package func statuses(
        _ filter: BookingFilter = BookingFilter(), isMachineWide: Bool, _ reader: Reader, _ record: ContextRecord?
    ) throws -> [BookingStatus] {
        var filter = filter
        if isMachineWide { return try reader.status(matching: filter) }
        var statuses: [BookingStatus] = []
        if let record {
            filter.context = record
            statuses = try reader.status(matching: filter)
        }
        return try statuses + statusesOfOtherBranches(filter, reader, record)
    }

    /// What runs in this folder and was started before another branch was checked out here: whatever is booked next takes
    /// it over.
    private func statusesOfOtherBranches(
        _ filter: BookingFilter, _ reader: Reader, _ record: ContextRecord?
    ) throws -> [BookingStatus] {
        guard !isNamed, let repository = context.repository else { return [] }
        let running = try reader.runningUnderOtherBranches(at: context.path, of: repository, besides: record)
        return try reader.status(of: running.filter { filter.matches($0.booking, of: $0.context) }.map(\.booking))
    }
}
