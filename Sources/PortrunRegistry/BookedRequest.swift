import PortrunBase

/// A request, as the caller made it, and what it got.
///
/// It is a class because arrays of all classes have one type. The runtime makes the type of an array of structures at
/// its first use, which would add a hundredth to the instructions of every launch.
package final class BookedRequest: Sendable {
    package let request: ServiceRequest
    /// Its service may be a further slot of the one requested. nil where the project keeps a port that is taken.
    package let booking: Booking?

    /// The booking was not there before.
    package let isNew: Bool

    init(request: ServiceRequest, booking: Booking?, isNew: Bool = false) {
        self.request = request
        self.booking = booking
        self.isNew = isNew
    }
}
