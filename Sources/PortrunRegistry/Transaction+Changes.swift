import PortrunBase

/// The checkouts whose bookings a transaction changes: once it is done, the hooks of their shells look anew.
extension Transaction {
    /// Notes that a booking of the checkout in `folder` is another one, or new.
    func noteChange(in folder: String) {
        // Most of a transaction's changes are of one checkout.
        if database.changedFolders.last != folder { database.changedFolders.append(folder) }
    }

    /// Notes that a booking moves, or is about to go.
    func noteChange(of booking: Int64) throws(RegistryError) {
        try database.forEachRow(
            "SELECT path FROM contexts WHERE id = (SELECT context FROM bookings WHERE id = ?1)", .integer(booking)
        ) { (row) throws(RegistryError) in noteChange(in: row.text(0)) }
    }
}
