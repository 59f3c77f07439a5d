import TestSupport
import Testing

@testable import PortrunBase

struct HolderVerdictTests {
    static let here = Vantage(bootID: "boot", host: "host", pidNamespace: "1", networkNamespace: "host")

    private func holder(start: UInt64? = 5, pidfdID: UInt64? = nil, seenFrom vantage: Vantage = here)
        -> Holder
    {
        Holder(pid: 7, start: start, pidfdID: pidfdID, uid: 0, seenFrom: vantage)
    }

    @Test("Without the same boot and pid namespace the process is not looked at")
    func judgesByPlace() {
        func verdict(_ change: (inout Vantage) -> Void) -> HolderVerdict {
            var elsewhere = Self.here
            change(&elsewhere)
            return holder(seenFrom: elsewhere).verdict(seenFrom: Self.here) {
                Issue.record("looked at a pid that means another process here")
                return .absent
            }
        }
        #expect(verdict { $0.bootID = "earlier" } == .dead)
        #expect(verdict { ($0.bootID, $0.host) = ("earlier", "other") } == .unknown)
        #expect(verdict { $0.pidNamespace = "2" } == .unknown)
        #expect(verdict { $0.pidNamespace = "" } == .hidden)
    }

    /// As in a sandbox whose /proc does not say which boot this is: it is this one, or an earlier one of this machine.
    @Test(arguments: [("", "boot"), ("boot", ""), ("", "")])
    func anUnknownBootIsNoProof(_ there: String, _ here: String) {
        var (recorded, seen) = (Self.here, Self.here)
        (recorded.bootID, seen.bootID) = (there, here)
        func verdict(_ sighting: ProcessSighting) -> HolderVerdict {
            holder(seenFrom: recorded).verdict(seenFrom: seen) { sighting }
        }
        #expect(verdict(.present(start: 5, pidfdID: nil, hasEnded: false)) == .alive)
        #expect(verdict(.present(start: 6, pidfdID: nil, hasEnded: false)) == .dead)
        #expect(verdict(.absent) == .dead)
        seen.host = "other"
        #expect(verdict(.absent) == .hidden)
    }

    /// As without /proc, with a kernel that does not tell otherwise.
    @Test(arguments: [("", "1"), ("1", ""), ("", "")])
    func anUnknownNamespaceIsNoProof(_ there: String, _ here: String) {
        var (recorded, seen) = (Self.here, Self.here)
        (recorded.pidNamespace, seen.pidNamespace) = (there, here)
        #expect(holder(seenFrom: recorded).verdict(seenFrom: seen) { .absent } == .hidden)
        #expect(!holder(seenFrom: recorded).isNumberedAlike(seenFrom: seen))
        // The next boot is proof all the same.
        seen.bootID = "later"
        #expect(holder(seenFrom: recorded).verdict(seenFrom: seen) { .absent } == .dead)
    }

    @Test func aNameIsNoMachine() {
        var (there, here) = (Self.here, Self.here)
        (there.host, here.host, here.bootID) = ("/dev", "/dev", "later")
        #expect(holder(seenFrom: there).verdict(seenFrom: here) { .absent } == .unknown)
        here.bootID = ""
        #expect(holder(seenFrom: there).verdict(seenFrom: here) { .absent } == .hidden)
    }

    #if os(Linux)
        @Test func agesByAClockThatNobodySets() throws {
            let child = ChildProcess.run(["sh", "-c", "cat /proc/$$/stat"], environment: .ofTests)
            let start = try #require(ProcessRecord(Array(child.output.utf8))).start
            let age = try #require(
                holder(start: start).age(seenFrom: Self.here, uptime: Uptime.seconds()))
            #expect((0...60).contains(age))
            #expect(holder(start: nil).age(seenFrom: Self.here, uptime: 1000) == nil)
            let later = Vantage(bootID: "later", host: "host", pidNamespace: "1", networkNamespace: "host")
            #expect(holder(start: start).age(seenFrom: later, uptime: 1000) == nil)
        }
    #endif

    @Test("A machine that was given another name is still the same one")
    func ignoresNameWithinBoot() {
        var renamed = Self.here
        renamed.host = "renamed"
        #expect(holder(seenFrom: renamed).verdict(seenFrom: Self.here) { .absent } == .dead)
    }

    static let sightings: [(ProcessSighting, HolderVerdict)] = [
        (.absent, .dead),
        (.present(start: 5, pidfdID: nil, hasEnded: false), .alive),
        (.present(start: 5, pidfdID: nil, hasEnded: true), .dead),
        (.present(start: 6, pidfdID: nil, hasEnded: false), .dead),
        (.present(start: nil, pidfdID: nil, hasEnded: false), .hidden),
        (.present(start: nil, pidfdID: nil, hasEnded: true), .dead),
        // Known by its start alone, as on an older kernel.
        (.present(start: 5, pidfdID: 12, hasEnded: false), .alive),
    ]

    @Test("Only proof of death is death", arguments: sightings)
    func judges(_ sighting: ProcessSighting, _ verdict: HolderVerdict) {
        #expect(holder().verdict(seenFrom: Self.here) { sighting } == verdict)
    }

    @Test("The number of a process decides over its start, which a time namespace shifts")
    func prefersNumber() {
        func verdict(_ id: UInt64?, hasEnded: Bool = false) -> HolderVerdict {
            holder(pidfdID: 12).verdict(seenFrom: Self.here) {
                .present(start: 999, pidfdID: id, hasEnded: hasEnded)
            }
        }
        #expect(verdict(12) == .alive)
        #expect(verdict(13) == .dead)
        #expect(verdict(12, hasEnded: true) == .dead)
        #expect(verdict(nil) == .dead)
    }

    @Test("This process is alive, and was not another one")
    func seesItself() {
        let process = OwnProcess.current()
        let vantage = process.vantage
        var holder = Holder.of(pid: process.pid, seenBy: process)
        #expect(holder.start != nil)
        #expect(holder.verdict(seenFrom: vantage) == .alive)
        holder.pidfdID = nil
        #expect(holder.verdict(seenFrom: vantage) == .alive)
        holder.start = holder.start.map { $0 + 1 }
        #expect(holder.verdict(seenFrom: vantage) == .dead)
    }
}
