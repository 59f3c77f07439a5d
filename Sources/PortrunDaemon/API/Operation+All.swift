import PortrunBase

extension Operation {
    /// The whole API.
    static let all = bookings + leases + services + machine + [openDashboard]
}
