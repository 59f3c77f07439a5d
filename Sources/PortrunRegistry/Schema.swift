import PortrunBase

/// The tables of the registry, by version.
///
/// `PRAGMA user_version` says which version a file has. A migration is never changed after its release: a new one is
/// put behind it. There are no foreign keys: their checks would be compiled anew into every statement of every launch.
///
/// `leases.bookings` has the numbers of what a lease holds, each between commas (`,3,7,`): with a table in between every
/// launch would compile more statements and write more pages, which made it a tenth slower. Behind an empty place
/// (`,3,,7,`) are those that the holder is told of and does not have for itself.
///
/// A lease that lasts until a time, and not as long as a process, has an id below 0; `Holder+Expiry` says what is in its
/// columns.
enum Schema {
    /// The SQL that leads from each version to the next, starting at 0.
    static let migrations = [
        """
        CREATE TABLE contexts (
            id INTEGER PRIMARY KEY,
            identity TEXT NOT NULL UNIQUE,
            hash TEXT NOT NULL,
            label TEXT NOT NULL,
            app TEXT NOT NULL,
            instance TEXT NOT NULL,
            path TEXT NOT NULL,
            remote TEXT,
            branch TEXT,
            repository TEXT,
            project TEXT UNIQUE,
            last_used INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE bookings (
            id INTEGER PRIMARY KEY,
            context INTEGER NOT NULL,
            network TEXT NOT NULL,
            service TEXT NOT NULL,
            port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
            protocol TEXT NOT NULL CHECK (protocol IN ('tcp', 'udp')),
            target INTEGER,
            variable TEXT,
            source TEXT NOT NULL,
            is_ephemeral INTEGER NOT NULL,
            last_used INTEGER NOT NULL,
            UNIQUE (network, protocol, port),
            UNIQUE (context, network, service, protocol)
        ) STRICT;
        CREATE TABLE leases (
            id INTEGER PRIMARY KEY,
            bookings TEXT NOT NULL,
            pid INTEGER NOT NULL,
            start INTEGER,
            pidfd_id INTEGER,
            boot_id TEXT NOT NULL,
            pid_namespace TEXT NOT NULL,
            network TEXT NOT NULL,
            host TEXT NOT NULL,
            uid INTEGER NOT NULL,
            command TEXT NOT NULL,
            is_ephemeral INTEGER NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE ranges (
            kind TEXT PRIMARY KEY,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """,
        // A booking may be a block of consecutive ports, of which `port` is the first. No two blocks overlap, which
        // the transaction that books one sees to: an index knows only the first ports.
        "ALTER TABLE bookings ADD COLUMN count INTEGER NOT NULL DEFAULT 1;",
        // What a booking is for, in the user's words. No launch reads it.
        "ALTER TABLE bookings ADD COLUMN description TEXT;",
        // The first number that the project's files declare, where the booking is for that.
        "ALTER TABLE bookings ADD COLUMN declared INTEGER;",
        // What the user has set for the whole machine.
        "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;",
        // Whether linked worktrees use this one, as the project's files say.
        "ALTER TABLE bookings ADD COLUMN is_lent INTEGER NOT NULL DEFAULT 0;",
        // When it was booked, in seconds since 1970. No launch reads it; older bookings do not tell.
        "ALTER TABLE bookings ADD COLUMN created_at INTEGER;",
        // The door of the daemon whose client has had it booked, and may give it back. No launch reads it.
        "ALTER TABLE bookings ADD COLUMN door TEXT;",
        // Whether another clone of the repository was ever seen, so that nearly no launch has to ask which.
        """
        ALTER TABLE contexts ADD COLUMN has_clones INTEGER NOT NULL DEFAULT 0;
        UPDATE contexts SET has_clones = 1 WHERE EXISTS (
            SELECT 1 FROM contexts other WHERE other.repository <> contexts.repository
                AND (other.remote = contexts.remote OR other.path = contexts.remote OR other.remote = contexts.path)
        );
        """,
        // No number of a booking is given twice: whoever has one (`portrun release --id`, a client of the daemon) means
        // that booking, which may be gone. Only who books anew looks at SQLite's last number. Each launch reads this text,
        // so it says nothing twice: ports and protocols are valid because their types are.
        """
        CREATE TABLE numbered (id INTEGER PRIMARY KEY AUTOINCREMENT,context INTEGER NOT NULL,network TEXT NOT NULL,
        service TEXT NOT NULL,port INTEGER NOT NULL,protocol TEXT NOT NULL,target INTEGER,variable TEXT,
        source TEXT NOT NULL,is_ephemeral INTEGER NOT NULL,last_used INTEGER NOT NULL,count INTEGER NOT NULL,
        description TEXT,declared INTEGER,is_lent INTEGER NOT NULL,created_at INTEGER,door TEXT,
        UNIQUE (network,protocol,port),UNIQUE (context,network,service,protocol)) STRICT;
        INSERT INTO numbered
        SELECT id, context, network, service, port, protocol, target, variable, source, is_ephemeral, last_used, count,
            description, declared, is_lent, created_at, door FROM bookings;
        DROP TABLE bookings;
        ALTER TABLE numbered RENAME TO bookings;
        """,
    ]

    static var version: Int { migrations.count }
}
