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
        if !isMachineWide {
            guard let record else { return [] }
            filter.context = record
        }
        return try reader.status(matching: filter)
    }
}
