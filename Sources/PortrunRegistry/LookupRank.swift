import PortrunBase

/// How well a live booking answers the question for a service; the least is the best.
///
/// A named port of the machine has no holder that could be seen, so a listener counts in its place, as it does on a port
/// that was learned.
package struct LookupRank: Comparable, Sendable {
    private let isOfOtherContext: Bool
    private let isOfOtherApp: Bool
    private let isOfOtherRepository: Bool
    /// False for a named port of the machine.
    private let isOfCheckout: Bool
    /// 1 for the very name, else that of the slot: 2 for `web-2`.
    private let slot: Int

    /// nil unless somebody live holds `status` and its name is `service`, or that of a further slot of it; for a named
    /// port of the machine, unless something listens and that is its very name.
    ///
    /// - Parameter own: the record of `context`, where it has one.
    package init?(
        of status: BookingStatus, for service: ServiceName, seenFrom context: Context, own: ContextRecord?
    ) {
        guard let slot = status.booking.service.slot(of: service) else { return nil }
        isOfCheckout = !status.context.isMachine
        // Neither is what was learned, where it has outlived its command.
        let isSeenByListener = !isOfCheckout || status.booking.source == .learned
        guard status.state.name == "live" || (isSeenByListener && status.state == .listening && slot == 1) else {
            return nil
        }
        self.slot = slot
        isOfOtherContext = status.context.id != own?.id
        isOfOtherApp = status.context.app != context.app
        isOfOtherRepository = context.repository == nil || status.context.repository != context.repository
    }

    package static func < (left: LookupRank, right: LookupRank) -> Bool {
        left.order.lexicographicallyPrecedes(right.order)
    }

    private var order: [Int] {
        [isOfOtherContext, isOfOtherApp, isOfOtherRepository, isOfCheckout].map { $0 ? 1 : 0 } + [slot]
    }
}
