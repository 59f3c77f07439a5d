import PortrunBase
import PortrunCompose
import PortrunLaunch
import PortrunRegistry

extension Checkout {
    /// What any command of this checkout would find elsewhere on a localhost of its own; nil where nothing has moved, and on
    /// a system where there is none.
    ///
    /// - Parameter project: the one whose setting counts; read only where something has moved.
    package func translation(
        _ reader: Reader, _ record: ContextRecord?, project: (() -> ComposeProject?)? = nil
    ) throws -> TranslationPlan? {
        var entries = TranslationEntries()
        let bookings = try reader.withoutIdleNamesakes(record.map(reader.bookings) ?? [])
        // A number that one service has leads nowhere else, whoever declares it too.
        for booking in bookings where !booking.isMoved { entries.add(booking) }
        for booking in bookings where booking.isMoved && !isUsers(booking) {
            if try !reader.isServedAsDeclared(booking) { entries.add(booking) }
        }
        entries.dropAmbiguous()
        guard !entries.entries.isEmpty, Translation.isSupported else { return nil }
        let setting = TranslationSetting(
            option: nil, machine: try reader.value(of: .translate),
            project.map { $0() } ?? ComposeReader.readLeniently(composeRequest(), Look()),
            relativeTo: workingDirectory)
        return TranslationPlan(entries.entries, entries.services, setting.mode, setting.omission, [])
    }

    /// Whether a launch here leads who names a declared port to where it has moved, once it has.
    package func translates(_ reader: Reader, project: ComposeProject?) throws -> Bool {
        guard Translation.isSupported else { return false }
        let machine = try reader.value(of: .translate)
        return TranslationSetting(option: nil, machine: machine, project, relativeTo: workingDirectory).omission == nil
    }

    /// True for a port that the user has set, in a checkout that has no other beside it whose port the declared one is:
    /// programs obey the user, and who else listens on the declared one is none of portrun's business.
    func isUsers(_ booking: Booking) -> Bool { booking.source == .environment && !context.isGuest }
}
