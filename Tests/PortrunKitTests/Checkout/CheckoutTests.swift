import PortrunBase
import PortrunKit
import PortrunRegistry
import TestSupport
import Testing

struct CheckoutTests {
    /// What the process is, and what the clocks say, is told to a checkout.
    @Test func knowsWhatItIsTold() throws {
        let folder = try TemporaryFolder()
        let vantage = Vantage(bootID: "boot", host: "host", pidNamespace: "pids", networkNamespace: "net")
        var system = System(environment: Environment(["HOME": folder.path]), workingDirectory: folder.path, now: 10)
        system.uptime = 20
        let checkout = try Checkout(
            system, as: OwnProcess(pid: 7, uid: 8, vantage: vantage),
            location: RegistryLocation(option: "registry.sqlite", system: system))
        let facts = checkout.facts()
        #expect(facts.network == "net" && facts.now == 10 && facts.uptime == 20)
        #expect(facts.lineage().contains(7))
        let holder = checkout.expiry(after: try #require(TimeToLive(5)))
        #expect(holder.uid == 8 && holder.bootID == "boot" && holder.endsAt == 15 && holder.pidfdID == 25)
        #expect(facts.verdict(holder) == .alive)

        system.now = 16
        system.uptime = 24
        #expect(checkout.later(in: system).facts().verdict(holder) == .alive)
        system.uptime = 25
        #expect(checkout.later(in: system).facts().verdict(holder) == .dead)
        #expect(checkout.later(in: system).context == checkout.context)
    }
}
