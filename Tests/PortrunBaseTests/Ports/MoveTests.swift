import Testing

@testable import PortrunBase

/// What is said of a service that has another port.
struct MoveTests {
    private func message(_ reason: Move.Reason, clone: String? = nil) -> String {
        var move = Move(service: "web", from: 3000, to: 3101, reason: reason)
        move.clone = clone
        return move.message
    }

    @Test func aCloneIsNoMainCheckout() throws {
        #expect(message(.main).hasSuffix(": 3000 is the main checkout's"))
        #expect(message(.main, clone: "/home/me/shop").hasSuffix(": 3000 is the other clone's (/home/me/shop)"))
        #expect(message(.leftToMain, clone: "/shop").hasSuffix(": 3000 is left to the other clone (/shop)"))
        #expect(
            message(.mainAlone, clone: "/shop")
                == "`web` is 3101 here: 3000 is the other clone's (/shop); start this checkout's own, or use that one with "
                + "`--use-main web`")
    }

    @Test func whoIsKnownIsNamed() throws {
        #expect(
            message(.known(owner: "container `shop-db-1`"))
                == "`web` moved from 3000 to 3101: container `shop-db-1` listens on 3000")
    }
}
