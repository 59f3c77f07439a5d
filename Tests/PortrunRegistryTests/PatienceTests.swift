import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// How long one waits, and what is said meanwhile, by a clock that each test sets.
struct PatienceTests {
    private let told = Told()
    private let patience: Patience

    init() {
        patience = Patience(for: "/r", warn: { [told] in told.texts.append($0.text) })
    }

    @Test func oneWhoDoesNotGoOnIsWaitedForTenSeconds() {
        #expect(lasting(seconds: 60) { _ in LockSighting(holder: .max, change: 7) } == 10_000)
        #expect(patience.failure == .busy(path: "/r", by: LockHolder(pid: .max, process: nil), seconds: 10))
        #expect(told.texts == ["waiting for process 2147483647, which is writing to the registry `/r`"])
    }

    @Test func manyWhoTakeTurnsAreWaitedForAMinute() {
        #expect(lasting(seconds: 90) { LockSighting(holder: .max - Int32($0 / 50), change: 7) } == 60_000)
        #expect(patience.failure == .busy(path: "/r", by: nil, seconds: 60))
        #expect(told.texts.count == 1)
        #expect(
            told.texts[0].hasPrefix("waiting for many processes that are writing to the registry `/r`, now process "))
    }

    @Test func oneWhoWritesAgainAndAgainGoesOn() {
        #expect(lasting(seconds: 90) { LockSighting(holder: .max, change: UInt64($0 / 500)) } == 60_000)
        #expect(patience.failure == .busy(path: "/r", by: nil, seconds: 60))
    }

    @Test func oneWhoHangsBehindManyIsNamed() {
        let end = lasting(seconds: 90) { LockSighting(holder: .max - Int32(min($0, 5000) / 50), change: 7) }
        #expect(end == 15_000)
        #expect(told.texts.count == 2)
        #expect(told.texts.last == "waiting for process \(Int32.max - 100), which is writing to the registry `/r`")
        #expect(
            patience.failure == .busy(path: "/r", by: LockHolder(pid: .max - 100, process: nil), seconds: 10))
    }

    @Test func oneOutOfSightIsToldAsSuch() {
        #expect(lasting(seconds: 60) { _ in LockSighting(holder: 0) } == 10_000)
        #expect(
            told.texts == [
                "waiting for a process out of sight (in a container perhaps), which is writing to the registry `/r`"
            ])
    }

    @Test func aPromptWaitsATenthOfASecondForWhomever() {
        let patience = Patience(for: "/r", atMost: 100, warn: { [told] in told.texts.append($0.text) })
        #expect(lasting(seconds: 60, patience) { _ in LockSighting(holder: .max) } == 100)
        #expect(lasting(seconds: 60, patience) { LockSighting(holder: .max - Int32($0 / 50)) } == 100)
        #expect(told.texts.isEmpty)
    }

    @Test func aSecondWaitBeginsAnew() {
        for _ in 1...2 { #expect(lasting(seconds: 60) { _ in LockSighting(holder: .max) } == 10_000) }
        #expect(told.texts.count == 2)
    }

    /// The last attempt's time in milliseconds, when there is one each 10.
    private func lasting(
        seconds: Int64, _ other: Patience? = nil, _ look: (Int64) -> LockSighting
    ) -> Int64? {
        let patience = other ?? patience
        var attempt = 0
        for time in stride(from: 0, to: seconds * 1000, by: 10) {
            guard patience.lasts(after: attempt, at: 1_000_000 + time, { look(time) }) else { return time }
            attempt += 1
        }
        return nil
    }
}

private final class Told {
    var texts: [String] = []
}
