import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// When the log of changes is moved into the file, which waits for the disk.
struct CheckpointTests {
    private let folder = ScratchFolder()
    private let registry: Registry
    private let facts = TestFacts()

    init() throws {
        registry = try Registry(at: RegistryLocation(in: folder), now: 0) { _ in }
    }

    /// In bytes.
    private func logSize() throws -> Int {
        let log = try RegistryLocation(in: folder).path + "-wal"
        return try FileSystem.read(log).count
    }

    private func write(_ transactions: Int, from first: Int) throws {
        for number in first..<first + transactions {
            try registry.write(on: facts.facts) { transaction in
                _ = try transaction.enter(.named("project/\(number)"), stillResolves: { _, _ in true })
            }
        }
    }

    @Test func theLogIsKeptShortButForTheTimeUntilTheEndIsPrepared() throws {
        try write(80, from: 0)
        let kept = try logSize()
        registry.deferCheckpoint()
        try write(160, from: 80)
        let grown = try logSize()
        registry.prepareEnd()
        let moved = try logSize()
        try write(80, from: 240)
        let keptAgain = try logSize()
        #expect(grown > 2 * kept && moved == 0 && keptAgain <= kept + 20_000, "\(kept), \(grown), \(keptAgain)")
    }
}
