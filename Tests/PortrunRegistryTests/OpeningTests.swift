import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// Opening the registry, whatever stands in its place.
struct OpeningTests {
    let folder = ScratchFolder()
    let location: RegistryLocation

    init() throws { location = try RegistryLocation(in: folder) }

    @Test func isForThisUserAlone() throws {
        _ = try open()
        #expect(try folder.mode(of: "") == 0o700)
        #expect(try folder.mode(of: "registry.sqlite") == 0o600)
        for name in try folder.names() { #expect(try folder.mode(of: name) == 0o600, "\(name)") }
    }

    @Test func leavesNothingOfItsMakingBeside() throws {
        try folder.write([1, 2, 3], to: "registry.sqlite.new")
        try folder.write([1, 2, 3], to: "registry.sqlite.new-wal")
        #expect(try book() == 3000)
        #expect(try !folder.names().contains { $0.contains(".new") })
    }

    @Test func remembers() throws {
        #expect(try book() == 3000)
        #expect(try book() == 3000)
        #expect(try open().warnings.isEmpty)
    }

    @Test func takesAnEmptyFileForANewRegistry() throws {
        try folder.write([], to: "registry.sqlite")
        #expect(try open().warnings.isEmpty)
        #expect(try book() == 3000)
    }

    /// SQLite takes a file of one byte for an empty one.
    @Test(arguments: [2, 15, 100, 5000])
    func setsGarbageAsideWhole(_ size: Int) throws {
        let garbage = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 13) }
        try folder.write(garbage, to: "registry.sqlite")
        let aside = location.path + ".corrupt-1700000000"
        #expect(
            try open(now: 1_700_000_000).warnings == [
                Warning(
                    "the registry `\(location.path)` was corrupt: set aside as `\(aside)`, a new one made")
            ])
        #expect(try FileSystem.read(aside) == garbage)
        #expect(try book() == 3000)
        #expect(try open().warnings.isEmpty)
    }

    @Test func aSecondCorruptFileDoesNotReplaceTheFirst() throws {
        for text in ["first garbage", "second garbage"] {
            try folder.write(Array(text.utf8), to: "registry.sqlite")
            _ = try open(now: 1)
            for name in try folder.names() where name.hasPrefix("registry.sqlite-") {
                try folder.remove(name)
            }
        }
        let texts = try ["", "-2"].map { suffix in
            String(decoding: try FileSystem.read(location.path + ".corrupt-1" + suffix), as: UTF8.self)
        }
        #expect(texts == ["first garbage", "second garbage"])
    }

    @Test(arguments: ["contexts", "bookings", "sqlite_autoindex_bookings_1", "leases"])
    func setsADamagedTableAside(_ table: String) throws {
        #expect(try book() == 3000)
        let page: Int = try {
            let database = try Database(path: location.path)
            try database.script("PRAGMA wal_checkpoint(TRUNCATE)")
            let pages = try database.rows(
                "SELECT rootpage FROM sqlite_schema WHERE name = ?1", .text(table)
            ) { Int($0.integer(0)) }
            return try #require(pages.first)
        }()
        var bytes = try FileSystem.read(location.path)
        for index in (page - 1) * 1024..<page * 1024 { bytes[index] = 0xAA }
        try folder.write(bytes, to: "registry.sqlite")

        var warnings: [Warning] = []
        let registry = try Registry(at: location, now: 1) { warnings.append($0) }
        let ports = try (1...2).map { _ in
            try registry.write(on: TestFacts().facts) { transaction in
                let record = try transaction.record(.named("a"), stillResolves: TestRegistry.nobody).record
                let outcome = try transaction.book([.command()], for: record, terms: BookingTerms())
                _ = try transaction.lease(
                    outcome.bookings, to: .process(1), command: "server", isEphemeral: false)
                return try #require(outcome.bookings.first).port
            }
        }
        #expect(ports.first == 3000)
        #expect(warnings.count == 1, "whichever transaction came upon it")
        #expect(try FileSystem.read(location.path + ".corrupt-1") == bytes)
    }

    @Test func refusesANewerSchemaAndTouchesNothing() throws {
        do {
            try folder.write([], to: "registry.sqlite")
            let database = try Database(path: location.path)
            try database.script("CREATE TABLE future (x); PRAGMA user_version = \(Schema.version + 1)")
        }
        let before = try FileSystem.read(location.path)
        #expect(
            throws: RegistryError.newer(
                path: location.path, version: Schema.version + 1, known: Schema.version)
        ) { try open() }
        #expect(try FileSystem.read(location.path) == before)
        #expect(try !folder.names().contains { $0.contains("corrupt") })
    }

    /// A newer portrun may bring it up to date while an older one has it open.
    @Test func refusesASchemaThatHasBecomeNewer() throws {
        let registry = try open().registry
        try Database(path: location.path).script("PRAGMA user_version = \(Schema.version + 1)")
        let error = RegistryError.newer(path: location.path, version: Schema.version + 1, known: Schema.version)
        #expect(throws: error) { try registry.write(on: TestFacts().facts) { _ in } }
        #expect(throws: error) { try registry.read(on: TestFacts().facts) { _ in } }
    }

    @Test func refusesAFolderInItsPlace() throws {
        let inner = ScratchFolder()
        try inner.make()
        try folder.link("registry.sqlite", to: inner.path)
        #expect(throws: RegistryError.unusable(path: location.path, reason: "not a regular file")) {
            try open()
        }
    }

    @Test func refusesALoopOfLinks() throws {
        try folder.link("registry.sqlite", to: "registry.sqlite")
        #expect(
            throws: RegistryError.unusable(path: location.path, reason: String(cString: strerror(ELOOP)))
        ) { try open() }
    }

    @Test func followsALink() throws {
        let target = ScratchFolder()
        try target.make()
        try folder.link("registry.sqlite", to: target.path + "/elsewhere.sqlite")
        #expect(try book() == 3000)
        #expect(try target.names().contains("elsewhere.sqlite"))
    }

    @Test(arguments: [("", 0o777), ("", 0o770), ("registry.sqlite", 0o660), ("registry.sqlite", 0o606)])
    func refusesWhatOthersMayChange(_ name: String, _ mode: Int) throws {
        #expect(try book() == 3000)
        let path = name.isEmpty ? folder.path : "\(folder.path)/\(name)"
        #expect(chmod(path, mode_t(mode)) == 0)
        #expect(
            throws: RegistryError.untrusted(
                .writable(path: path, owner: geteuid(), mode: UInt32(mode), isMadeAnew: false))
        ) { try open() }
        #expect(chmod(path, 0o700) == 0)
        #expect(try book() == 3000)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"), arguments: ["", "registry.sqlite"])
    func refusesWhatBelongsToAnother(_ name: String) throws {
        #expect(try book() == 3000)
        let path = name.isEmpty ? folder.path : "\(folder.path)/\(name)"
        #expect(chown(path, 4242, 4242) == 0)
        #expect(throws: RegistryError.untrusted(.foreign(path: path, owner: 4242))) { try open() }
        // As root works for the user whose home it has.
        let inTheirHome = try RegistryLocation(
            option: location.path,
            system: System(environment: Environment(["HOME": path]), workingDirectory: "/", now: 0))
        _ = try Registry(at: inTheirHome, now: 0) { _ in }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give links away"), arguments: [false, true])
    func followsNobodyElsesLink(isThere: Bool) throws {
        if isThere { #expect(try book() == 3000) } else { try folder.make() }
        let other = ScratchFolder()
        try other.link("link", to: Path.parent(folder.path))
        let link = other.path + "/link"
        #expect(lchown(link, 4242, 4242) == 0)
        let below = try RegistryLocation(
            option: "\(link)/\(Path.lastName(folder.path))/registry.sqlite", system: .nowhere())
        let error = RegistryError.untrusted(.link(path: link, owner: 4242, target: below.path))
        #expect(throws: error) { try Registry(at: below, now: 0) { _ in } }
        #expect(try folder.names().isEmpty != isThere)
        #expect(lchown(link, 0, 0) == 0)
        _ = try Registry(at: below, now: 0) { _ in }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func whatRootMakesInAUsersFolderIsThatUsers() throws {
        try folder.make()
        #expect(chown(folder.path, 4242, 4243) == 0)
        let path = folder.path + "/a/b/registry.sqlite"
        let inTheirHome = try RegistryLocation(
            option: path,
            system: System(environment: Environment(["HOME": folder.path]), workingDirectory: "/", now: 0))
        let registry = try Registry(at: inTheirHome, now: 0) { _ in }
        try registry.write(on: TestFacts().facts) {
            _ = try $0.record(.named("a"), stillResolves: TestRegistry.nobody)
        }
        let names = try #require(FileSystem.names(in: Path.parent(path)))
        #expect(names.count > 3, "the log and its index among them")
        for name in ["a", "a/b"] + names.map({ "a/b/\($0)" }) {
            var status = stat()
            #expect(stat("\(folder.path)/\(name)", &status) == 0)
            #expect(status.st_uid == 4242 && status.st_gid == 4243, "\(name)")
        }
    }

    @Test func refusesAFolderThatCannotBe() throws {
        try folder.write([1], to: "file")
        let below = try RegistryLocation(
            option: folder.path + "/file/sub/registry.sqlite", system: .nowhere())
        #expect(throws: RegistryError.self) { try Registry(at: below, now: 0) { _ in } }
        let inProc = try RegistryLocation(option: "/proc/portrun/registry.sqlite", system: .nowhere())
        #expect(throws: RegistryError.self) { try Registry(at: inProc, now: 0) { _ in } }
    }

    @Test func aBodyThatThrowsChangesNothing() throws {
        struct Stop: Error {}
        let registry = try open().registry
        #expect(throws: Stop.self) {
            try registry.write(on: TestFacts().facts) { transaction in
                _ = try transaction.record(.named("a"), stillResolves: TestRegistry.nobody)
                throw Stop()
            }
        }
        #expect(try registry.write(on: TestFacts().facts) { try $0.find(identity: "a") } == nil)
    }

    @Test func twoConnectionsSeeEachOther() throws {
        let registries = [try open().registry, try open().registry]
        for (number, registry) in registries.enumerated() {
            let port = try registry.write(on: TestFacts().facts) { transaction in
                let record = try transaction.record(
                    .named("a/\(number)"), stillResolves: TestRegistry.nobody
                ).record
                return try transaction.book([.command()], for: record, terms: BookingTerms()).bookings[0].port
            }
            #expect(port == Port(3000 + number))
        }
    }

    private func open(now: Int64 = 0) throws -> (registry: Registry, warnings: [Warning]) {
        var warnings: [Warning] = []
        let registry = try Registry(at: location, now: now) { warnings.append($0) }
        return (registry, warnings)
    }

    private func book() throws -> Port {
        try open().registry.write(on: TestFacts().facts) { transaction in
            let record = try transaction.record(.named("a"), stillResolves: TestRegistry.nobody).record
            return try transaction.book([.command()], for: record, terms: BookingTerms()).bookings[0].port
        }
    }

    /// - Returns: the path of the file to be.
    private func makeFolder() throws -> String {
        try folder.make()
        return location.path
    }
}

extension System {
    fileprivate static func nowhere() -> System {
        System(environment: Environment(), workingDirectory: "/", now: 0)
    }
}
