import PortrunBase

/// Wishes of the user's that cannot be had: each is told of once, until it, the port in its place or the obstacle is
/// another one.
extension Transaction {
    /// Notes why a booking has another port than the wished one.
    ///
    /// - Returns: false where that was noted before.
    @discardableResult
    func noteRefusal(of wish: Port, _ booking: Booking, _ reason: Move.Reason) throws(RegistryError) -> Bool {
        let name = Self.refusal(of: booking)
        let value = "\(booking.service) \(wish) \(booking.port) \(reason.name)"
        let known = try database.rows("SELECT value FROM settings WHERE name = ?1", .text(name)) { $0.text(0) }.first
        if let known, known == value { return false }
        try database.run(
            "INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)", .text(name), .text(value))
        return true
    }

    /// The number that was wished for a booking, as far as it still has the port that it got in its place; nil for none.
    package func refusedWish(of booking: Booking) throws(RegistryError) -> Port? {
        let noted = try database.rows(
            "SELECT value FROM settings WHERE name = ?1", .text(Self.refusal(of: booking))
        ) { $0.text(0) }.first
        let words = noted?.split(separator: " ", maxSplits: 3) ?? []
        guard words.count > 2, words[0] == booking.service.description, words[2] == booking.port.description else {
            return nil
        }
        return Port(words[1])
    }

    private static func refusal(of booking: Booking) -> String { "refused-\(booking.id)" }

    /// False for a wish of the user's of which was told before that it cannot be had.
    func isNews(
        _ preference: (port: Port, source: Booking.Source), _ booking: Booking, _ reason: Move.Reason
    ) throws(RegistryError) -> Bool {
        preference.source == .environment ? try noteRefusal(of: preference.port, booking, reason) : true
    }

    /// Notes it for a pair, of which either may have the wish.
    func noteRefusal(
        of wish: Port, _ members: [ServiceRequest], _ record: ContextRecord, _ reason: Move.Reason
    ) throws(RegistryError) -> Bool {
        guard let member = members.first, let booking = try booking(of: record, member.service, member.transport)
        else { return true }
        return try noteRefusal(of: wish, booking, reason)
    }
}

extension Move.Reason {
    /// Which command uses it is no news.
    fileprivate var name: String {
        switch self {
        case .booked(let owner): "booked by \(owner)"
        case .busy, .own, .known: "busy"
        case .main, .mainAlone: "main"
        case .leftToMain: "left to main"
        case .demanded: "demanded"
        case .inUse(let user): user == nil ? "in use" : "in use by a command"
        }
    }
}
