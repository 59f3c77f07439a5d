import PortrunBase

/// A request, as the caller made it, and what it got.
package struct BookedRequest: Sendable, Equatable {
    package let request: ServiceRequest
    /// Its service may be a further slot of the one requested. nil where the project keeps a port that is taken.
    package let booking: Booking?
}
