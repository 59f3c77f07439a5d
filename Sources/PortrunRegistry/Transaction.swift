import PortrunBase

/// The registry inside one write transaction. It reads and writes.
package final class Transaction: Reader {
    /// The record of the checkout that has entered.
    var entered: ContextRecord?
    /// True when another checkout has the ports that the project of this one declares.
    var isGuest = false
    /// The path of the other clone of the repository that has them; nil where it is not that.
    var cloneBeside: String?
    /// The ports that the requests which are being booked declare.
    var declared: [PortRange] = []
    /// Tells what their project names elsewhere.
    var named: (@Sendable () -> [PortRange])?
    /// What services that have to move stay away from, as it was when it was first asked for.
    var avoided: AvoidedPorts?
    /// How far the searches for free ports have come.
    var searches: PortSearch?
    /// The searches for free ports that have found none.
    var failures: FailedSearch?
    /// The bookings that those requests have got so far.
    var bookedNow: [Int64] = []
    /// Those of them that were not there before.
    var insertedNow: [Int64] = []
    /// Bookings of the context on which programs of the checkout listen that have outlived the command which had them.
    var outlived: [Int64] = []
    /// The bookings of the context that none of those requests is for; nil until they are asked for.
    var unasked: UnaskedBookings?
    /// What bookings of other checkouts have given up for them, each in a sentence.
    var yields: [String] = []
    /// How many bookings have given way in this call.
    var yieldCount = 0
    /// How often bookings whose context is gone were looked for.
    var reclaimCount = 0
}
