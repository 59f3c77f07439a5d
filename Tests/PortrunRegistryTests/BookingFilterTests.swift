import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

struct BookingFilterTests {
    @Test(
        arguments: [
            ("web", true), ("web-2", true), ("web-17", true), ("web-", false), ("web-x", false), ("web-2-3", false),
            ("webs", false), ("my-web", false), ("web-0", false), ("web-02", false),
        ] as [(ServiceName, Bool)])
    func aSlotIsTheNameAndANumber(_ name: ServiceName, isSlot: Bool) throws {
        let registry = try TestRegistry()
        try registry.book([.compose(name)])
        var filter = BookingFilter()
        filter.slotsOf = "web"
        let found = try registry.read(on: registry.facts.facts) { try $0.status(matching: filter) }
        #expect(found.map(\.booking.service) == (isSlot ? [name] : []))
    }

    @Test func aNameMayBeWrittenAsTheUserCallsIt() throws {
        let registry = try TestRegistry()
        try registry.book([.compose("db")], for: .named("shop/feature-auth"))
        for instance in ["feature/auth", "feature-auth"] {
            var filter = BookingFilter()
            filter.app = "shop"
            filter.instance = instance
            #expect(try registry.read(on: registry.facts.facts) { try $0.status(matching: filter) }.count == 1)
        }
    }

    @Test(arguments: [(9999, 0), (10000, 1), (10003, 1), (10004, 0)] as [(Port, Int)])
    func aBlockHasAllItsPorts(_ port: Port, count: Int) throws {
        let registry = try TestRegistry()
        var block = ServiceRequest.compose("rtp", demand: 10000)
        block.count = 4
        try registry.book([block])
        let found = try registry.read(on: registry.facts.facts) {
            try $0.status(matching: BookingFilter(port: port))
        }
        #expect(found.count == count)
    }
}
