import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// Registries that an older portrun has made.
struct MigrationTests {
    @Test func bookingsOfTheFirstVersionAreSinglePorts() throws {
        let folder = ScratchFolder()
        let location = try RegistryLocation(in: folder)
        try folder.write([], to: "registry.sqlite")
        do {
            let database = try Database(path: location.path)
            try database.script(Schema.migrations[0])
            try database.script(
                """
                INSERT INTO contexts (identity, hash, label, app, instance, path, last_used)
                VALUES ('myapp/main', 'h', 'myapp/main', 'app', 'instance', '/home/me/myapp/main', 1);
                INSERT INTO bookings (context, network, service, port, protocol, source, is_ephemeral, last_used)
                VALUES (1, 'host', 'db', 5432, 'tcp', 'declared', 0, 1);
                PRAGMA user_version = 1
                """)
        }
        let registry = try Registry(at: location, now: 0) { _ in }
        // Nobody knows when it was booked.
        #expect(try registry.read(on: TestFacts().facts) { try $0.recorded() }.map(\.createdAt) == [1])
        let bookings = try registry.write(on: TestFacts().facts) { transaction in
            let record = try transaction.record(.named("myapp/main"), stillResolves: TestRegistry.nobody).record
            return try transaction.book(
                [.compose("db"), .compose("sip", declared: 5430, count: 3), .compose("rtp", declared: 5433, count: 3)],
                for: record, terms: BookingTerms()
            ).bookings
        }
        #expect(bookings.map(\.ports) == [PortRange(5432), PortRange(10000, 10002), PortRange(5433, 5435)])
    }

    @Test func clonesThatAreRecordedAlreadyKnowOfEachOther() throws {
        let folder = ScratchFolder()
        let location = try RegistryLocation(in: folder)
        try folder.write([], to: "registry.sqlite")
        do {
            let database = try Database(path: location.path)
            for migration in Schema.migrations.prefix(8) { try database.script(migration) }
            try database.script(
                """
                INSERT INTO contexts (identity, hash, label, app, instance, path, remote, repository, last_used)
                VALUES
                    ('a/main', 'h', 'a/main', 'a', 'main', '/a', 'example.org/shop', '/a/.git', 1),
                    ('a/topic', 'h', 'a/topic', 'a', 'topic', '/b', 'example.org/shop', '/b/.git', 1),
                    ('of/b', 'h', 'of/b', 'of', 'b', '/c', '/b', '/c/.git', 1),
                    ('tree', 'h', 'tree', 'tree', '', '/d', 'example.org/other', '/d/.git', 1),
                    ('of/d', 'h', 'of/d', 'of', 'd', '/d-topic', 'example.org/other', '/d/.git', 1);
                PRAGMA user_version = 8
                """)
        }
        let registry = try Registry(at: location, now: 0) { _ in }
        let marked = try registry.read(on: TestFacts().facts) { reader in
            try ["a/main", "a/topic", "of/b", "tree", "of/d"].map { try reader.find(identity: $0)?.hasClones }
        }
        #expect(marked == [true, true, true, false, false])
    }

    /// What was booked before keeps its number and all that is known of it, and the numbers go on behind it.
    @Test func bookingsKeepTheirNumbers() throws {
        let folder = ScratchFolder()
        let location = try RegistryLocation(in: folder)
        try folder.write([], to: "registry.sqlite")
        let columns = """
            id, context, network, service, port, protocol, target, variable, source, is_ephemeral, last_used, count,
            description, declared, is_lent, created_at, door
            """
        let rows: (Database) throws -> [[String]] = { database in
            try database.rows("SELECT \(columns) FROM bookings ORDER BY id") { row in (0..<17).map { row.text($0) } }
        }
        let before: [[String]]
        do {
            let database = try Database(path: location.path)
            for migration in Schema.migrations.prefix(9) { try database.script(migration) }
            try database.script(
                """
                INSERT INTO contexts (identity, hash, label, app, instance, path, last_used)
                VALUES ('myapp/main', 'h', 'myapp/main', 'app', 'instance', '/home/me/myapp/main', 1);
                INSERT INTO bookings (\(columns)) VALUES
                    (3, 1, 'host', 'db', 5432, 'tcp', 5433, 'DB_PORT', 'declared', 1, 2, 4, 'a', 5434, 1, 6, 'door'),
                    (7, 1, 'host', 'sip', 5060, 'udp', NULL, NULL, 'range', 0, 1, 1, NULL, NULL, 0, NULL, NULL);
                PRAGMA user_version = 9
                """)
            before = try rows(database)
        }
        let registry = try Registry(at: location, now: 0) { _ in }
        #expect(try rows(Database(path: location.path)) == before)
        let numbers = try registry.write(on: TestFacts().facts) { transaction in
            let record = try transaction.record(.named("myapp/main"), stillResolves: TestRegistry.nobody).record
            var numbers: [Int64] = []
            for _ in 0..<2 {
                let booking = try transaction.book([.compose("web")], for: record, terms: BookingTerms()).booking(at: 0)
                numbers.append(booking.id)
                try transaction.release(booking)
            }
            return numbers
        }
        #expect(numbers == [8, 9])
    }
}
