import Dispatch
import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// One registry in many hands, and many registries after each other.
struct ManyUsesTests {
    let folder = ScratchFolder()
    let location: RegistryLocation

    init() throws { location = try RegistryLocation(in: folder) }

    @Test func threadsTakeTurns() throws {
        let registry = try Registry(at: location, now: 0) { _ in }
        let booked = Collected()
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for number in 0..<25 {
                do {
                    let facts = TestFacts().facts
                    let port = try registry.write(on: facts) { transaction in
                        let context = Context.named("thread\(thread)/\(number)")
                        let record = try transaction.enter(context, stillResolves: TestRegistry.nobody).record
                        return try transaction.book([.command()], for: record, terms: BookingTerms()).bookings[0].port
                    }
                    registry.reapExpired(on: facts)
                    let statuses = try registry.read(on: facts) { try $0.status(matching: BookingFilter(port: port)) }
                    booked.add(port, isKnown: statuses.count == 1)
                } catch {
                    Issue.record(error)
                }
            }
        }
        #expect(booked.ports.count == 200)
        #expect(Set(booked.ports).count == 200)
        #expect(booked.areKnown)
    }

    @Test func aTransactionInsideAnotherIsRefused() throws {
        let registry = try Registry(at: location, now: 0) { _ in }
        let facts = TestFacts().facts
        let refusal = RegistryError.nested(path: location.path)
        #expect(throws: refusal) {
            try registry.write(on: facts) { transaction in
                _ = try transaction.record(.named("a"), stillResolves: TestRegistry.nobody)
                try registry.write(on: facts) { _ in }
            }
        }
        #expect(throws: refusal) { try registry.read(on: facts) { _ in try registry.read(on: facts) { _ in } } }
        try registry.read(on: facts) { _ in
            registry.reapExpired(on: facts)
            registry.prepareEnd()
        }
        #expect(try registry.read(on: facts) { try $0.find(identity: "a") } == nil, "and undoes the outer one")
    }

    @Test func isFreeWhileATransactionWaitsForAnAnswer() throws {
        let registry = try Registry(at: location, now: 0) { _ in }
        let facts = TestFacts().facts
        let checkouts = ["/old", "/new"].map { Context.named("app/main", at: $0, identity: "url:main") }
        try registry.write(on: facts) { _ = try $0.enter(checkouts[0], stillResolves: TestRegistry.nobody) }
        var answer: String?
        try registry.write(on: facts) { transaction in
            _ = try transaction.enter(checkouts[1]) { _, identity in
                answer = try? registry.read(on: facts) { try $0.find(identity: identity) }?.path
                return false
            }
        }
        #expect(answer == "/old")
    }

    #if os(Linux)
        @Test func leavesNoDescriptorOpen() throws {
            var kept: Registry? = try Registry(at: location, now: 0) { _ in }
            // SQLite keeps the descriptor of a second connection for the third one, as long as the first one is there:
            // closing it would drop the locks of that, too (fcntl(2)).
            _ = try Registry(at: location, now: 0) { _ in }
            let before = try folder.openFiles()
            #expect(!before.isEmpty)
            for number in 0..<10_000 {
                let registry = try Registry(at: location, now: 0) { _ in }
                guard number % 100 == 0 else { continue }
                try registry.write(on: TestFacts().facts) { transaction in
                    _ = try transaction.enter(.named("a/\(number)"), stillResolves: TestRegistry.nobody)
                }
            }
            #expect(try folder.openFiles() == before)
            try kept?.read(on: TestFacts().facts) { _ in }
            kept = nil
            #expect(try folder.openFiles().isEmpty)
        }

        @Test func leavesNoDescriptorOpenWhereItIsTheOnlyOne() throws {
            for _ in 0..<100 {
                do { _ = try Registry(at: location, now: 0) { _ in } }
                #expect(try folder.openFiles().isEmpty)
            }
        }

        @Test(arguments: ["newer", "foreign", "corrupt", "damaged"])
        func leavesNoDescriptorOpenOfWhatIsOfNoUse(_ kind: String) throws {
            for number in 0..<20 {
                try? folder.remove("registry.sqlite")
                switch kind {
                case "corrupt": try folder.write(Array("nothing of the kind".utf8), to: "registry.sqlite")
                case "damaged":
                    try folder.write(
                        Array("SQLite format 3\0".utf8) + Array(repeating: 7, count: 5000), to: "registry.sqlite")
                default:
                    try folder.write([], to: "registry.sqlite")
                    let version = kind == "newer" ? Schema.version + 1 : 0
                    try Database(path: location.path).script("CREATE TABLE a (b); PRAGMA user_version = \(version)")
                }
                _ = try? Registry(at: location, now: Int64(number)) { _ in }
                for name in try folder.names() { try folder.remove(name) }
            }
            #expect(try folder.openFiles().isEmpty)
        }
    #endif
}

/// What several threads have come to.
private final class Collected: @unchecked Sendable {
    private let lock = ThreadLock()
    private(set) var ports: [Port] = []
    private(set) var areKnown = true

    func add(_ port: Port, isKnown: Bool) {
        _ = lock.take()
        defer { lock.give() }
        ports.append(port)
        areKnown = areKnown && isKnown
    }
}
